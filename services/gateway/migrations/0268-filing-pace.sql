-- The pace of a seller's filings: how many cases of a calendar day are used, which of some requests are among them, and how
-- many seconds ago the last call began (null for none).
create function read.filing_pace(p_tenant text, p_day text, p_keys text[])
returns table (used int, counted text[], called_ago float8) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select count(*)::int,
           coalesce(array_agg(u.idempotency_key) filter (where u.idempotency_key = any (p_keys)), '{}'),
           (select extract(epoch from clock_timestamp() - g.last_call)::float8
            from evidence.governor g where g.tenant_id = p_tenant and g.last_call > '-infinity')
    from evidence.used_case u where u.tenant_id = p_tenant and u.day = p_day;
end $$;

-- The documents that were given for any of these claims.
create function read.documents_of_claims(p_tenant text, p_claims text[])
returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select d.doc from rm.document d where d.tenant_id = p_tenant and d.doc -> 'claims' ?| p_claims;
end $$;

revoke all on function read.filing_pace(text, text, text[]), read.documents_of_claims(text, text[]) from public;
grant execute on function read.filing_pace(text, text, text[]), read.documents_of_claims(text, text[])
  to recoup_gateway_tenant;
