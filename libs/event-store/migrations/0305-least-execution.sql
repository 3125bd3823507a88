-- It answers for whichever tenant the key names, past the row-level policies: for the working roles alone.
revoke execute on function log.reservation_owner(smallint, text) from recoup_tenant;
-- A trigger's own: nobody calls it.
revoke all on function log.refuse_change() from public;
