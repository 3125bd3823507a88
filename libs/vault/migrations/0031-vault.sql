-- One data key per tenant, wrapped by the key that only the environment holds. Destroying the row makes everything sealed
-- under it unreadable for ever, wherever copies of it are.
create schema vault;

create table vault.tenant_key (
  tenant_id  text primary key,
  wrapped    bytea not null,
  created_at timestamptz not null default now()
);

-- Only ingestion holds Amazon's secrets.
grant usage on schema vault to recoup_ingestion_follow;
grant select, insert, delete on vault.tenant_key to recoup_ingestion_follow;
