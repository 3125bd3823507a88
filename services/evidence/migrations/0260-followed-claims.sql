-- What is followed of a claim is its seller's. The service works on the rows of all sellers by a policy of its own; whoever
-- else is ever granted a look sees one seller's at a time, and changes none.

alter table evidence.followed_claim enable row level security;
create policy evidence_writes on evidence.followed_claim to recoup_evidence_follow using (true) with check (true);
create policy tenant_reads_own on evidence.followed_claim for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));
