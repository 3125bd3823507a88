-- Claims that wait for a person to file them, the next to expire first; of one seller, or, for the role that sees all, of
-- every seller (null). Under the role of requests no tenant is set then, and nothing is seen.
create index claim_to_file on rm.claim_v1 (deadline, claim_id) include (tenant_id, status)
  where status in ('queued_for_filing', 'handed_over');

create function read.filing_queue(p_tenant text, p_after text[], p_limit int)
returns table (tenant text, doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', coalesce(p_tenant, ''), true);
  return query
    select c.tenant_id, c.doc from rm.claim c
    where c.status in ('queued_for_filing', 'handed_over')
      and (p_tenant is null or c.tenant_id = p_tenant)
      and (p_after is null or (c.deadline, c.claim_id) > (p_after[1], p_after[2]))
    order by c.deadline, c.claim_id limit p_limit;
end $$;

revoke all on function read.filing_queue(text, text[], int) from public;
grant execute on function read.filing_queue(text, text[], int) to recoup_gateway_tenant, recoup_gateway_follow;
