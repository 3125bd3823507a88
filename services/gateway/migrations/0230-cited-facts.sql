-- The facts that a claim cites, as they stood at a batch: what its case packet shows. Unknown ones are left out, and
-- under the _tenant role the row-level policy of facts sees no other tenant's.
create function read.cited_facts(p_tenant text, p_kinds text[], p_keys text[], p_as_of bigint)
returns table (kind text, key text, data jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select distinct on (f.kind, f.key) f.kind, f.key, f.data
    from unnest(p_kinds, p_keys) as wanted(kind, key)
    join facts.fact f on f.tenant_id = p_tenant and f.kind = wanted.kind and f.key = wanted.key and f.batch <= p_as_of
    order by f.kind, f.key, f.batch desc;
end $$;

revoke all on function read.cited_facts from public;
grant execute on function read.cited_facts to recoup_gateway_tenant;
