-- What the evidence service still has to do. The record of a claim is its stream in the log; these tables only say what is
-- due to be looked at, and how far the filing of a claim has come.
--
-- Invariants and who keeps them
--   what is due is done again after every event     due is raised by the consumer, and a row is deleted only as it was read
--   one filing per request                          the primary key of filing: the idempotency key of the request
--   no call that is forgotten                       state becomes 'calling' before the call, and leaves it by an answer only
--   one worker a filing                             every lease raises the fence, every write compares it

create schema evidence;

create table evidence.due_work (
  kind           text not null check (kind in ('validation', 'reading', 'matching', 'forgetting')),
  id             text not null,            -- a claim, a document, a seller, a key of the file storage
  tenant_id      text not null,
  due            int not null default 1,   -- raised by every event that asks for it
  event_id       uuid not null,            -- the latest of them
  correlation_id text not null,
  traceparent    text,
  attempts       int not null default 0,
  next_try       timestamptz not null default now(),
  leased_until   timestamptz not null default '-infinity',
  last_error     text,
  -- Not due before this changes; 'settings': what its seller chooses for all claims.
  waits_for      text check (waits_for in ('settings')),
  primary key (kind, id)
) with (fillfactor = 80);

create index due_work_waiting on evidence.due_work (kind, next_try);
create index due_work_by_tenant on evidence.due_work (tenant_id);

create table evidence.filing (
  idempotency_key text primary key,
  tenant_id       text not null,
  claim_id        text not null,
  quantity        int not null check (quantity > 0),
  event_id        uuid not null,            -- the request to file
  correlation_id  text not null,
  traceparent     text,
  requested_at    timestamptz not null,
  -- waiting: nothing was ever sent · calling: a call may have gone out · the others: it is over
  state           text not null default 'waiting' check (state in ('waiting', 'calling', 'filed', 'refused', 'void')),
  packet          jsonb,                    -- what is sent, the same at every try; null before the first and once it is over
  fence           int not null default 0,
  leased_until    timestamptz not null default '-infinity',
  attempts        int not null default 0,
  next_try        timestamptz not null default now(),
  case_id         text,
  last_error      text,
  ended_at        timestamptz,
  check (state <> 'calling' or packet is not null),
  check ((state = 'filed') = (case_id is not null))
) with (fillfactor = 80);

create index filing_waiting on evidence.filing (next_try) where state in ('waiting', 'calling');
create index filing_by_claim on evidence.filing (claim_id);

grant usage on schema evidence to recoup_evidence_follow;
grant select, insert, update, delete on evidence.due_work to recoup_evidence_follow;
grant select, insert, update, delete on evidence.filing to recoup_evidence_follow;
