-- How many claims in these states have their documents, lack some, had one rejected, or are not checked yet.
create function read.evidence_counts(p_tenant text, p_statuses text[])
returns table (documents text, claims bigint) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select coalesce(c.doc #>> '{claim,validation,requiredDocuments}', 'Unchecked'), count(*)
    from rm.claim c where c.tenant_id = p_tenant and c.status = any (p_statuses)
    group by 1;
end $$;

revoke all on function read.evidence_counts from public;
grant execute on function read.evidence_counts to recoup_gateway_tenant;
