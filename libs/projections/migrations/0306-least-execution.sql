-- Tables of projections are made by migrations and by nobody else.
revoke all on function rm.create_projection(text, int) from public;
