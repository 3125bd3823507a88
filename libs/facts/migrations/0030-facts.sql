-- What Amazon told us. A fact has an identity and versions; a version is never changed. `batch` orders the versions of a
-- tenant: what a sync had seen is every version up to a batch.
create schema facts;

create table facts.batch (
  tenant_id   text not null,
  batch       bigint generated always as identity,
  sync_id     text not null,
  kind        text not null,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, batch)
);

create table facts.fact (
  tenant_id text not null,
  kind      text not null,
  key       text not null,   -- identity: declared columns, and an ordinal among true twins
  batch     bigint not null,
  group_key text not null,   -- what detection reads together, such as the FNSKU
  data      jsonb not null,
  route     text not null default '',  -- how this version came
  raw       jsonb,           -- what Amazon said in its own words, after an allow-list
  primary key (tenant_id, kind, key, batch)
);
create index fact_by_group on facts.fact (tenant_id, group_key collate "C", kind, key, batch);

-- What a window that is still being read has brought so far. Unlogged: a crash loses it, and the window is read again.
create unlogged table facts.staged (
  recording uuid not null,
  tenant_id text not null,
  sync_id   text not null,
  kind      text not null,
  n         int not null,    -- in the order given
  id        text not null,   -- identity, twins aside
  group_key text not null,
  data      jsonb not null,
  raw       jsonb
);
create index staged_by_recording on facts.staged (recording, kind);
create index staged_by_tenant on facts.staged (tenant_id);

alter table facts.fact enable row level security;
create policy follow_reads_all on facts.fact to recoup_follow using (true) with check (true);
create policy tenant_reads_own on facts.fact for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));

grant usage on schema facts to recoup_follow, recoup_tenant;
grant select on facts.fact, facts.batch to recoup_follow;
grant select on facts.fact to recoup_tenant;
-- Only ingestion records.
grant insert on facts.batch, facts.fact to recoup_ingestion_follow;
grant select, insert, delete on facts.staged to recoup_ingestion_follow;

-- Versions are never changed, and no role may delete one. A seller who asks to be forgotten is the exception, as a whole.
create function facts.erase(p_tenant text) returns void
language sql security definer set search_path = pg_catalog, facts, pg_temp as $$
  delete from facts.fact where tenant_id = p_tenant;
  delete from facts.staged where tenant_id = p_tenant;
  delete from facts.batch where tenant_id = p_tenant;
$$;
revoke all on function facts.erase from public;
grant execute on function facts.erase to recoup_ingestion_follow;
