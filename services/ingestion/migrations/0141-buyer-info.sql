-- Who bought and where it went, kept only where the operator turned it on. A row is sealed under a key of its own
-- (vault.record_key), which dies on the order's day; nothing here can be read without it.
create table ingestion.buyer_info (
  tenant_id text not null,
  order_id  text not null,
  sealed    text not null,
  stored_at timestamptz not null default now(),
  primary key (tenant_id, order_id)
);

grant select, insert, update, delete on ingestion.buyer_info to recoup_ingestion_follow;

-- Amazon refused buyer data to this sync: its windows are read without, also by a successor.
alter table ingestion.job add column buyers_refused boolean not null default false;
