-- How far a seller's filings are held back is shown to that seller, and to nobody else.
alter table evidence.governor enable row level security;
alter table evidence.used_case enable row level security;
create policy evidence_writes on evidence.governor to recoup_evidence_follow using (true) with check (true);
create policy evidence_writes on evidence.used_case to recoup_evidence_follow using (true) with check (true);
create policy tenant_reads_own on evidence.governor for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));
create policy tenant_reads_own on evidence.used_case for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));
grant select on evidence.governor, evidence.used_case to recoup_gateway_tenant;
