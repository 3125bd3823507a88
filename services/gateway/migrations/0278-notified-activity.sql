-- The activity list can be read by what it tells of: `p_kinds` null means everything.
drop function read.activity(text, int, int);

create function read.activity(p_tenant text, p_kinds text[], p_limit int, p_offset int)
returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select a.doc from rm.activity a
    where a.tenant_id = p_tenant and a.doc ->> 'type' is not null
      and (p_kinds is null or a.doc ->> 'type' = any (p_kinds))
    order by a.doc ->> 'timestamp' desc, a.position desc limit p_limit offset p_offset;
end $$;

grant execute on function read.activity(text, text[], int, int) to recoup_gateway_tenant;
