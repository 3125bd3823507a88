-- The gateway's read models, and the functions through which requests read them. Each sets the tenant and returns the
-- query in one round trip; under the _tenant role the row-level policies see no other tenant's rows, whatever the query.
select rm.create_projection('sync', 1);
select rm.create_projection('claim', 1);
select rm.create_projection('payment', 1);
select rm.create_projection('activity', 1);
select rm.create_projection('connection', 1);

create index sync_by_start on rm.sync_v1 (tenant_id, (doc ->> 'startedAt') desc, key desc);
create index activity_by_time on rm.activity_v1 (tenant_id, (doc ->> 'timestamp') desc, position desc);

-- What lists and figures ask of claims is kept in columns beside the document. Under row-level security the planner puts
-- only leakproof conditions into an index, and reading into a document is none: a deep page of 5,000 claims read and
-- unpacked all of them. The columns follow from the document, so that writers know nothing of them. They compare bytewise
-- ("C"): a cursor must mean the same order in every database.
alter table rm.claim_v1
  add claim_id    text collate "C" not null generated always as (key) stored,
  add detected_at text collate "C" not null generated always as (doc ->> 'detectedAt') stored,
  add decided_at  text collate "C" generated always as (doc ->> 'decidedAt') stored,
  add status      text collate "C" not null generated always as (doc #>> '{claim,status}') stored,
  add tier        text collate "C" not null generated always as (doc #>> '{claim,assessment,tier}') stored,
  add claim_type  text collate "C" not null generated always as (doc #>> '{claim,claimType}') stored,
  add confidence  numeric not null generated always as ((doc #>> '{claim,assessment,score,confidence}')::numeric) stored,
  add documented  boolean not null generated always as
    (coalesce(doc #>> '{claim,validation,requiredDocuments}', '') = 'Available') stored,
  -- What is still to come of it, and the day on which an agreed payment is expected.
  add currency    text collate "C" generated always as (doc #>> '{toCome,currency}') stored,
  add amount      numeric generated always as ((doc #>> '{toCome,amount}')::numeric) stored,
  add expected_on text collate "C" generated always as (
    case when doc #>> '{claim,status}' in ('approved', 'partially_approved')
      then doc #>> '{claim,decision,expectedOn}' end) stored;

create or replace view rm.claim with (security_invoker = true) as
  select tenant_id, key, doc, position, claim_id, detected_at, decided_at, status, tier, claim_type, confidence, documented,
         currency, amount, expected_on
  from rm.claim_v1;

-- All that lists filter by, and all that figures add up, stands in an index: neither unpacks a document to pass it over.
create index claim_newest_first on rm.claim_v1 (tenant_id, detected_at desc, claim_id desc)
  include (key, status, tier, claim_type);
create index claim_figures on rm.claim_v1 (tenant_id, status, tier, claim_type, currency)
  include (amount, confidence, documented, decided_at);
create index claim_expected on rm.claim_v1 (tenant_id, currency, expected_on) include (amount) where expected_on is not null;

alter table rm.payment_v1
  add kind     text collate "C" not null generated always as (doc ->> 'kind') stored,
  add day      text collate "C" not null generated always as (doc ->> 'day') stored,
  add currency text collate "C" generated always as (doc #>> '{amount,currency}') stored,
  add amount   numeric generated always as ((doc #>> '{amount,amount}')::numeric) stored,
  add in_kind  int not null generated always as ((doc ->> 'unitsInKind')::int) stored;

create or replace view rm.payment with (security_invoker = true) as
  select tenant_id, key, doc, position, kind, day, currency, amount, in_kind from rm.payment_v1;

create index payment_by_day on rm.payment_v1 (tenant_id, day) include (kind, currency, amount, in_kind);

create schema read;
grant usage on schema read to recoup_gateway_follow, recoup_gateway_tenant;

create function read.document(p_tenant text, p_projection text, p_key text) returns jsonb language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return case p_projection
    when 'sync' then (select s.doc from rm.sync s where s.tenant_id = p_tenant and s.key = p_key)
    when 'claim' then (select c.doc from rm.claim c where c.tenant_id = p_tenant and c.key = p_key)
    when 'connection' then (select c.doc from rm.connection c where c.tenant_id = p_tenant and c.key = p_key)
  end;
end $$;

-- A sync as the read model shows it, and whether the log may tell more: nearly always not, and then it is all there is.
-- Two small rows say so: to look for the sync's events in the partitioned log was slower (0.40 in place of 0.51 of bare
-- fastify's rate, bench `status`).
create function read.sync(
  p_tenant text, p_shard smallint, p_projection text, p_sync text, out doc jsonb, out behind boolean
) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  select (select s.doc from rm.sync s where s.tenant_id = p_tenant and s.key = p_sync),
    (select h.head from log.shard h where h.shard = p_shard) > coalesce(
      (select c.position from rm.checkpoint c where c.projection = p_projection and c.shard = p_shard), 0)
  into doc, behind;
end $$;

create function read.syncs(p_tenant text, p_status text, p_limit int, p_offset int, out docs jsonb, out total bigint)
language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  select count(*) into total from rm.sync s
    where s.tenant_id = p_tenant and (p_status is null or s.doc ->> 'status' = p_status);
  select coalesce(jsonb_agg(page.doc), '[]') into docs from (
    select s.doc from rm.sync s
    where s.tenant_id = p_tenant and (p_status is null or s.doc ->> 'status' = p_status)
    order by s.doc ->> 'startedAt' desc, s.key desc limit p_limit offset p_offset) page;
end $$;

-- Streams of a tenant, by what follows the prefix of their ids, of which the log tells more than the read model shows:
-- nearly always none. It looks through the newest 5,000 events of the shard at most, so that a projector that is far
-- behind makes no request slow.
create function read.unprojected(p_tenant text, p_shard smallint, p_projection text, p_prefix text)
returns table (id text) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select distinct substr(e.stream_id, length(p_prefix) + 1) from log.event e
    where e.shard = p_shard and e.tenant_id = p_tenant and starts_with(e.stream_id, p_prefix)
      and e.position > greatest(
        (select s.head - 5000 from log.shard s where s.shard = p_shard),
        (select c.position from rm.checkpoint c where c.projection = p_projection and c.shard = p_shard));
end $$;

create function read.activity(p_tenant text, p_limit int, p_offset int) returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select a.doc from rm.activity a
    where a.tenant_id = p_tenant and a.doc ->> 'type' is not null
    order by a.doc ->> 'timestamp' desc, a.position desc limit p_limit offset p_offset;
end $$;

-- Claims newest first. `p_after` is the last row of the page before, as detection time and claim id. The page is found in
-- the index alone, and only its documents are read.
create function read.claims(
  p_tenant text, p_statuses text[], p_tier text, p_type text, p_after text[], p_limit int, p_offset int
) returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    with page as materialized (
      select c.detected_at, c.claim_id, c.key from rm.claim c
      where c.tenant_id = p_tenant
        and c.status = any (p_statuses)
        and (p_tier is null or c.tier = p_tier)
        and (p_type is null or c.claim_type = p_type)
        and (p_after is null or (c.detected_at, c.claim_id) < (p_after[1], p_after[2]))
      order by c.detected_at desc, c.claim_id desc limit p_limit offset p_offset)
    select c.doc from page join rm.claim c on c.tenant_id = p_tenant and c.key = page.key
    order by page.detected_at desc, page.claim_id desc;
end $$;

-- Counts and amounts by what the figures are made of; amounts per currency, never added across currencies. `expected` is
-- the amounts weighed by the probability of approval, `decided_since` counts those decided at or after `p_since`.
create function read.claim_totals(p_tenant text, p_since text)
returns table (
  status text, tier text, claim_type text, currency text, claims bigint, unknown bigint, documented bigint,
  decided_since bigint, amount numeric, expected numeric
) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select c.status, c.tier, c.claim_type, c.currency, count(*), count(*) filter (where c.currency is null),
           count(*) filter (where c.documented), count(*) filter (where c.decided_at >= p_since collate "C"),
           coalesce(sum(c.amount), 0), coalesce(sum(c.amount * c.confidence), 0)
    from rm.claim c where c.tenant_id = p_tenant
    group by c.status, c.tier, c.claim_type, c.currency;
end $$;

-- What was paid and taken back from `p_since` on (null: ever), per currency; `unknown` counts payments of money whose sum
-- was not told, in a row without currency.
create function read.payment_totals(p_tenant text, p_since text)
returns table (currency text, paid numeric, reversed numeric, unknown bigint) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select p.currency, coalesce(sum(p.amount) filter (where p.kind = 'paid'), 0),
           coalesce(sum(p.amount) filter (where p.kind = 'reversed'), 0),
           count(*) filter (where p.amount is null and p.in_kind = 0)
    from rm.payment p
    where p.tenant_id = p_tenant and p.day >= coalesce(p_since, '') collate "C"
    group by p.currency;
end $$;

-- The earliest day on which agreed money is expected in a currency, and how much; no row where no day is known.
create function read.next_payment(p_tenant text, p_currency text)
returns table (day text, amount numeric) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select c.expected_on, sum(c.amount) from rm.claim c
    where c.tenant_id = p_tenant and c.currency = p_currency collate "C" and c.expected_on is not null
    group by c.expected_on order by c.expected_on limit 1;
end $$;

revoke all on all functions in schema read from public;
grant execute on all functions in schema read to recoup_gateway_tenant;
-- How long each shard is: nothing in it is anybody's.
grant select on log.shard to recoup_gateway_tenant;

create schema gateway;
grant usage on schema gateway to recoup_gateway_follow;

-- A consent that is under way: bound to the browser that began it, used once, and short-lived.
create table gateway.oauth_state (
  state_hash   text primary key,
  browser_hash text not null,
  tenant_id    text,
  frontend     text,
  expires_at   timestamptz not null
);

-- Sign-in links of a local start that were used: each works once, also across restarts.
create table gateway.used_sign_in_link (
  token_hash text primary key,
  used_at    timestamptz not null default now()
);

grant select, insert, delete on gateway.oauth_state to recoup_gateway_follow;
grant select, insert on gateway.used_sign_in_link to recoup_gateway_follow;

-- What requests with an idempotency key were answered, for a day. Without a status the first of them is under way. The
-- key is in the id, and what was asked in the fingerprint, as digests only: a request may hold a secret.
create table gateway.kept_answer (
  id          uuid primary key,
  tenant_id   text not null,
  fingerprint text not null,
  claim       uuid not null unique,
  claimed_at  timestamptz not null default now(),
  status      int,
  body        text
);
create index kept_answer_by_age on gateway.kept_answer (claimed_at);

grant select, insert, update, delete on gateway.kept_answer to recoup_gateway_follow;

-- Sessions that were signed out before their token ran out, by the digest of what the token signs.
create table gateway.ended_session (
  session_id text primary key,
  expires_at timestamptz not null,
  ended_at   timestamptz not null default now()
);
create index ended_session_newest on gateway.ended_session (ended_at);
create index ended_session_past on gateway.ended_session (expires_at);

grant select, insert, delete on gateway.ended_session to recoup_gateway_follow;
