-- Detections to run and the claims they have seen. What a claim is, the log alone knows; these tables say which streams
-- a later detection has to look at, and who may work on what.

create schema detection;

create table detection.job (
  detection_id text primary key,
  -- The order of a tenant's detections: a later one starts when the earlier has ended, so that claims only move forward.
  seq          bigint generated always as identity unique,
  tenant_id    text not null,
  sync_id      text,
  trigger      text not null check (trigger in ('sync', 'manual', 'reprocess')),
  facts_as_of  bigint not null,
  as_of        timestamptz not null, -- ages and windows are judged as of this instant, in every repeat
  coverage     jsonb not null,
  cause        jsonb not null,       -- event id, correlation and trace of what asked for it
  state        text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts     int not null default 0,
  next_try_at  timestamptz not null default now(),
  fence        bigint not null default 0, -- grows with every lease; writes of an earlier holder are refused
  lease_owner  text,
  lease_until  timestamptz,
  last_error   text,
  created_at   timestamptz not null default now()
);

create index job_waiting on detection.job (tenant_id, seq) where state = 'waiting';

create table detection.known_claim (
  tenant_id text not null,
  claim_id  text not null,
  subtype   text not null,
  fnsku     text not null,
  state     text not null check (state in ('open', 'ended')),
  seen_by   text not null, -- the last detection that met it
  ended_by  text,          -- the detection that withdrew it or let it expire
  primary key (tenant_id, claim_id)
);

create index known_claim_open on detection.known_claim (tenant_id, claim_id) where state = 'open';

grant usage on schema detection to recoup_detection_follow;
grant select, insert, update, delete on detection.job, detection.known_claim to recoup_detection_follow;
