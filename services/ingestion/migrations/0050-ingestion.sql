-- What the ingestion service works with: sellers, rate buckets, jobs and their windows. The record of a sync is its
-- stream in the log; these tables only let work be divided, resumed and kept within Amazon's limits.
--
-- Invariants and who keeps them
--   one seller, one tenant      the unique key of seller_account
--   one worker a job            lease and fence of job: every takeover raises the fence, every write compares it
--   a window is closed once     the state of sync_window changes in the transaction that stores its facts
--   a consent outlives the disconnections before it, and none after   log_version against the version of the event
--   one sync a due time         the log: the sync's id follows from tenant and time
--   never above Amazon's rate   rate_bucket is changed by single statements, under its row lock

create schema ingestion;

create table ingestion.seller_account (
  tenant_id          text primary key,
  selling_partner_id text not null unique,
  region             text not null check (region in ('na', 'eu', 'fe')),
  marketplaces       jsonb not null,
  refresh_token      text not null, -- sealed by the vault for this tenant
  consent_valid      boolean not null default true,
  connected_at       timestamptz not null default now(),
  log_version        int not null,             -- of the connection's stream when this consent was stored
  sync_schedule      text,                                       -- the schedule by which the next sync is due
  next_sync_at       timestamptz not null default '-infinity'    -- '-infinity': not known yet
);

create index seller_account_due on ingestion.seller_account (next_sync_at) where consent_valid;

create table ingestion.rate_bucket (
  seller_id     text not null,
  operation     text not null,
  rate          double precision not null check (rate > 0), -- tokens a second
  capacity      double precision not null check (capacity >= 1),
  tokens        double precision not null,
  refilled_at   timestamptz not null,
  refusals      int not null default 0,           -- 429 answers in a row
  blocked_until timestamptz not null default '-infinity',
  granted       boolean not null default false,   -- what the last take answered
  primary key (seller_id, operation)
) with (fillfactor = 50); -- a hot row: room for HOT updates on its page

-- The tokens of a bucket at an instant. Inlined by the planner; here so that the arithmetic stands once.
create function ingestion.tokens_at(tokens double precision, rate double precision, capacity double precision,
                                    refilled_at timestamptz, now timestamptz)
returns double precision language sql immutable as $$
  select least(capacity, tokens + rate * greatest(0, extract(epoch from now - refilled_at)::double precision))
$$;

create table ingestion.job (
  sync_id        text primary key,
  tenant_id      text not null,
  position       bigint not null,            -- of the request in its shard: before a disconnection, or after it
  correlation_id text not null,
  causation_id   uuid not null,
  traceparent    text,
  requested_at   timestamptz not null,
  state          text not null default 'open' check (state in ('open', 'ended')),
  plan           jsonb,                      -- null until planned
  owner          text,
  leased_until   timestamptz not null default '-infinity',
  fence          int not null default 0,
  stalls         int not null default 0,     -- leases since the last window was closed
  not_before     timestamptz not null default '-infinity',
  ended_at       timestamptz
);

create index job_waiting on ingestion.job (requested_at) where state = 'open';

create table ingestion.sync_window (
  sync_id     text not null references ingestion.job,
  nth         int not null,                  -- in the order of work
  tenant_id   text not null,
  resource    text not null,
  route       text not null,                 -- which source reads it
  basis       text not null,                 -- which time of a record the window is about
  scope       text not null default '',      -- a marketplace, where a resource is read for each
  from_at     timestamptz not null,
  to_at       timestamptz not null,          -- excluded
  calls       int not null,                  -- expected; the weight in the progress
  expected    int,                           -- records, where Amazon told before
  state       text not null default 'open' check (state in ('open', 'closed')),
  reopened    boolean not null default false, -- read twice, because Amazon counts more in it than was read
  report_id   text,                          -- asked for already: a successor polls it instead of asking again
  report_asks int not null default 0,
  received    int not null default 0,
  changed     int not null default 0,
  closed_at   timestamptz,
  primary key (sync_id, nth)
) with (fillfactor = 80);

-- What earlier syncs have closed decides what the next one plans.
create index sync_window_closed on ingestion.sync_window (tenant_id, resource, basis) where state = 'closed';

-- Disconnections that were heard of. What is long about them (a sync to end, data to erase) is done by a worker; until
-- then no later sync of the tenant begins. Kept: hearing of one again must not erase what a later connection brought.
create table ingestion.disconnection (
  tenant_id      text not null,
  position       bigint not null,            -- of the event in its shard
  purge          boolean not null,
  event_id       uuid not null,
  correlation_id text not null,
  traceparent    text,
  not_before     timestamptz not null default '-infinity',
  settled_at     timestamptz,
  primary key (tenant_id, position)
);

create index disconnection_waiting on ingestion.disconnection (not_before) where settled_at is null;

grant usage on schema ingestion to recoup_ingestion_follow;
grant select, insert, update, delete on ingestion.seller_account to recoup_ingestion_follow;
grant select, insert, update on ingestion.rate_bucket, ingestion.disconnection to recoup_ingestion_follow;
grant select, insert, update, delete on ingestion.job, ingestion.sync_window to recoup_ingestion_follow;
