-- Up to which day a seller's reimbursement reports were read without a gap: before that, no row means that there is none.
create table evidence.reports_read (
  tenant_id         text primary key,
  -- It never goes back: what was read whole once stays so.
  reimbursements_to date not null
);
alter table evidence.reports_read enable row level security;
create policy evidence_writes on evidence.reports_read to recoup_evidence_follow using (true) with check (true);
create policy tenant_reads_own on evidence.reports_read for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));

grant select, insert, update, delete on evidence.reports_read to recoup_evidence_follow;
