-- Detections as the seller sees them, and what lists and figures ask of open claims.
select rm.create_projection('detection', 1);
create index detection_newest on rm.detection_v1 (tenant_id, (doc ->> 'begunAt') desc, key desc);

alter table rm.claim_v1
  add subtype  text collate "C" not null generated always as (doc #>> '{claim,subtype}') stored,
  add deadline text collate "C" not null generated always as (doc #>> '{claim,deadline}') stored,
  add marketplace_id text collate "C" not null generated always as (doc #>> '{claim,subject,marketplaceId}') stored;

create or replace view rm.claim with (security_invoker = true) as
  select tenant_id, key, doc, position, claim_id, detected_at, decided_at, status, tier, claim_type, confidence, documented,
         currency, amount, expected_on, subtype, deadline, marketplace_id
  from rm.claim_v1;

create index claim_by_deadline on rm.claim_v1 (tenant_id, deadline, claim_id)
  include (status, marketplace_id, currency, amount);
create index claim_by_subtype on rm.claim_v1 (tenant_id, status, subtype, tier, currency) include (amount, confidence);

-- Newest first; with `p_complete` only those that ended well.
create function read.detections(p_tenant text, p_complete boolean, p_limit int, p_offset int)
returns table (doc jsonb) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select d.doc from rm.detection d
    where d.tenant_id = p_tenant and (not p_complete or d.doc ->> 'status' = 'complete')
    order by d.doc ->> 'begunAt' desc, d.key desc limit p_limit offset p_offset;
end $$;

-- Claims in these states by what found them and who acts next; amounts per currency, never added across currencies.
create function read.claim_statistics(p_tenant text, p_statuses text[])
returns table (subtype text, tier text, currency text, claims bigint, unknown bigint, amount numeric)
language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select c.subtype, c.tier, c.currency, count(*), count(*) filter (where c.currency is null), coalesce(sum(c.amount), 0)
    from rm.claim c where c.tenant_id = p_tenant and c.status = any (p_statuses)
    group by c.subtype, c.tier, c.currency;
end $$;

-- How many claims are how likely, by tenths: 0 is [0, 0.1), 9 is [0.9, 1]. Tenths without claims have no row.
create function read.confidence_tenths(p_tenant text, p_statuses text[])
returns table (tenth int, claims bigint) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select least(floor(c.confidence * 10), 9)::int, count(*)
    from rm.claim c where c.tenant_id = p_tenant and c.status = any (p_statuses)
    group by 1;
end $$;

-- Claims in these states, the next to expire first.
create function read.claim_deadlines(p_tenant text, p_statuses text[], p_limit int, p_offset int)
returns table (claim_id text, deadline text, marketplace_id text, currency text, amount numeric) language plpgsql as $$
begin
  perform set_config('app.tenant_id', p_tenant, true);
  return query
    select c.claim_id, c.deadline, c.marketplace_id, c.currency, c.amount from rm.claim c
    where c.tenant_id = p_tenant and c.status = any (p_statuses)
    order by c.deadline, c.claim_id limit p_limit offset p_offset;
end $$;

revoke all on function read.detections, read.claim_statistics, read.confidence_tenths, read.claim_deadlines from public;
grant execute on function read.detections, read.claim_statistics, read.confidence_tenths, read.claim_deadlines
  to recoup_gateway_tenant;
