-- Keys of single records that must be forgotten on a day of their own, each wrapped by its tenant's key. What they seal lies
-- with its owner; destroying the row makes it unreadable for ever, wherever copies of it are. With the tenant's key they go.
create table vault.record_key (
  tenant_id  text not null references vault.tenant_key on delete cascade,
  purpose    text not null,
  record     text not null,
  wrapped    bytea not null,
  expires_at timestamptz not null,
  primary key (tenant_id, purpose, record)
);

create index record_key_expiring on vault.record_key (purpose, expires_at);

grant select, insert, update, delete on vault.record_key to recoup_ingestion_follow;
