-- Keys of the files that sellers give, apart from those of Amazon's secrets: the gateway seals a file and evidence opens it,
-- and neither can read what ingestion keeps. A tenant has one key for each time that its data were erased (0 before the
-- first): erasing destroys the older ones, and nothing that was given since.
create table vault.document_key (
  tenant_id  text not null,
  generation bigint not null,
  wrapped    bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, generation)
);

grant usage on schema vault to recoup_gateway_follow, recoup_evidence_follow;
grant select, insert on vault.document_key to recoup_gateway_follow;
grant select, insert, delete on vault.document_key to recoup_evidence_follow;
