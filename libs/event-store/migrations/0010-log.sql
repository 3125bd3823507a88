-- The log: append-only, one total order per shard, positions dense from 1.
--
-- Invariants and who keeps them
--   dense positions      log.append draws them from log.shard under its row lock, inside the transaction that inserts
--   one writer a shard   the same row lock; readers take no lock at all
--   append-only          no role but the owner may write, and the trigger below refuses even the owner
--   tenant of a stream   log.append compares; the primary key of log.stream spans all shards
-- Lock order: log.shard, then log.stream, then log.reservation. A transaction that appended to shard n may only go on
-- to shards above n.

create schema log;

create table log.shard (
  shard smallint primary key,
  head  bigint not null default 0
) with (fillfactor = 10); -- hot rows: room for HOT updates on their page

insert into log.shard (shard) select generate_series(0, 15);

create table log.stream (
  stream_id text collate "C" primary key,
  tenant_id text collate "C" not null,
  shard     smallint not null,
  version   bigint not null
) with (fillfactor = 70); -- room for HOT updates: a longer stream touches no index

-- Fixed widths first: no padding between them, and readers reach them without walking over the texts. Names compare
-- bytewise ("C"): the order of a language means nothing here and is dearer to compare.
create table log.event (
  position       bigint not null,
  stream_version bigint not null,
  occurred_at    timestamptz not null,
  recorded_at    timestamptz not null default now(),
  event_id       uuid not null,
  shard          smallint not null,
  schema_version smallint not null,
  stream_id      text collate "C" not null,
  tenant_id      text collate "C" not null,
  type           text collate "C" not null,
  meta           json not null, -- correlation, causation, actor, trace context
  data           json not null  -- json: jsonb is slower to write and read; text would save 1 µs of 9 and the proof that it parses
) partition by list (shard);

-- Indexes stand on the partitions, not on the parent, whose unique ones would have to carry the shard: the same number in
-- every entry, compared at every step. A stream and its event ids live in one shard, so unique there is unique.
do $$
declare
  part text;
begin
  for n in 0..15 loop
    part := 'event_' || to_char(n, 'FM00');
    execute format('create table log.%I partition of log.event (primary key (position)) for values in (%s)', part, n);
    execute format('create unique index %I on log.%I (stream_id, stream_version)', part || '_by_stream', part);
    execute format('create unique index %I on log.%I (event_id)', part || '_by_id', part);
  end loop;
end $$;

-- One owner per key at a time, such as the one running sync of a tenant.
create table log.reservation (
  shard     smallint not null,
  key       text collate "C" not null,
  stream_id text collate "C" not null,
  primary key (shard, key)
);

create function log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only' using errcode = 'insufficient_privilege';
end $$;

create trigger append_only before update or delete on log.event
  for each row execute function log.refuse_change();

do $$
begin
  for n in 0..15 loop
    execute format('create trigger never_truncated before truncate on log.event_%s
      for each statement execute function log.refuse_change()', to_char(n, 'FM00'));
  end loop;
end $$;
create trigger never_truncated before truncate on log.event
  for each statement execute function log.refuse_change();

alter table log.event enable row level security;
create policy follow_reads_all on log.event for select to recoup_follow using (true);
create policy tenant_reads_own on log.event for select to recoup_tenant
  using (tenant_id = current_setting('app.tenant_id', true));

grant usage on schema log to recoup_follow, recoup_tenant;
grant select on log.event to recoup_follow, recoup_tenant;
grant select on log.shard, log.stream, log.reservation to recoup_follow;
