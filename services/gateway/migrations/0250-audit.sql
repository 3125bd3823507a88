-- Every act on claims and settings. Lists come from the index, bytewise ordered as cursors compare.
select rm.create_projection('audit', 1);

alter table rm.audit_v1
  add act_id    text collate "C" not null generated always as (key) stored,
  add at        text collate "C" not null generated always as (doc ->> 'at') stored,
  add claim_id  text collate "C" generated always as (doc ->> 'claimId') stored,
  add automated boolean not null generated always as ((doc ->> 'automated')::boolean) stored;

create or replace view rm.audit with (security_invoker = true) as
  select tenant_id, key, doc, position, act_id, at, claim_id, automated from rm.audit_v1;

create index audit_newest_first on rm.audit_v1 (tenant_id, at desc, act_id desc);
create index audit_of_claim on rm.audit_v1 (tenant_id, claim_id, at desc, act_id desc) where claim_id is not null;

-- Newest first; a null claim or `p_automated` is any. `p_after` is the last row of the page before, as its time and id.
create function read.audit(p_tenant text, p_claim text, p_automated boolean, p_after text[], p_limit int, p_offset int)
returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select a.doc from rm.audit a
    where a.tenant_id = p_tenant
      and (p_claim is null or a.claim_id = p_claim)
      and (p_automated is null or a.automated = p_automated)
      and (p_after is null or (a.at, a.act_id) < (p_after[1], p_after[2]))
    order by a.at desc, a.act_id desc limit p_limit offset p_offset;
end $$;

revoke all on function read.audit from public;
grant execute on function read.audit to recoup_gateway_tenant;
