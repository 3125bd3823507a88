-- What evidence knows of the documents that sellers give. The record is each document's stream; all of this can be made
-- again from the log and from the stored files.
--
-- Invariants and who keeps them
--   a file is read again until its event is there   its row of due_work goes when the log has the result
--   no claim misses a document                      claims that rest on documents are noted with their detection, which is
--                                                   before any validation, in the order of the log
--   what is forgotten stays forgotten               the keys go with the event; files that nobody can read follow

create table evidence.document (
  document_id text primary key,
  tenant_id   text not null,
  state       jsonb not null
);
create index document_by_tenant on evidence.document (tenant_id);

-- Claims that some document of a person can show, whatever their state.
create table evidence.documented_claim (
  claim_id  text primary key,
  tenant_id text not null
);
create index documented_claim_by_tenant on evidence.documented_claim (tenant_id);

-- The words of a document to search by, and its text, sealed with the document's key, to show a passage of. It goes with
-- the document and with its tenant.
create table evidence.document_text (
  document_id text primary key,
  tenant_id   text not null,
  file_id     text not null,
  words       tsvector not null,
  sealed      bytea not null
);
create index document_text_by_tenant on evidence.document_text (tenant_id);
alter table evidence.document_text enable row level security;
create policy evidence_writes on evidence.document_text to recoup_evidence_follow using (true) with check (true);
create policy tenant_reads_own on evidence.document_text for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));

grant select, insert, update, delete on evidence.document to recoup_evidence_follow;
grant select, insert, delete on evidence.documented_claim to recoup_evidence_follow;
grant select, insert, update, delete on evidence.document_text to recoup_evidence_follow;
grant usage on schema evidence to recoup_gateway_tenant;
grant select on evidence.document_text to recoup_gateway_tenant;
