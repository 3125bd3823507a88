import { shardOf } from '@recoup/kernel';
import type { Pool } from 'pg';

/** A seller without a name of Amazon's: rows only, in every table that is looked at for all sellers. */
export const tenantOf = (n: number): string => `seller-${n}`;

/** Events in the log of each seller that `addSellers` makes. */
export const EVENTS_EACH = 20;

/**
 * What three days of service leave behind for each seller: events, ended syncs with their windows, rate buckets, done
 * detections, claims that are followed, filed, held back or waiting for their day, sealed keys and facts. `t` is the
 * seller, `n` its number; consumers, relay and read models have seen all of it.
 */
const FILL: readonly string[] = [
  `insert into ingestion.seller_account
     (tenant_id, selling_partner_id, region, marketplaces, refresh_token, log_version, sync_schedule, next_sync_at)
   select t, 'A' || t, 'na', '["ATVPDKIKX0DER"]', repeat('x', 300), 1, '0 2 * * *', now() + interval '12 hours' + n * interval '1 ms'
   from many`,
  `insert into ingestion.rate_bucket (seller_id, operation, rate, capacity, tokens, refilled_at)
   select 'A' || t, 'operation' || o, 0.5, 10, 10, now() from many, generate_series(1, 12) o`,
  `insert into ingestion.job (sync_id, tenant_id, position, correlation_id, causation_id, requested_at, state, ended_at)
   select t || '-' || d, t, d, 'c', gen_random_uuid(), now() - d * interval '1 day', 'ended', now() from many, generate_series(1, 3) d`,
  `insert into ingestion.sync_window
     (sync_id, nth, tenant_id, resource, route, basis, from_at, to_at, calls, state, closed_at)
   select t || '-' || d, w, t, 'resource' || w, 'reports', 'day', now() - interval '2 days', now(), 1, 'closed', now()
   from many, generate_series(1, 3) d, generate_series(1, 15) w`,
  `insert into ingestion.disconnection (tenant_id, position, purge, event_id, correlation_id, settled_at)
   select t, 1, false, gen_random_uuid(), 'c', now() from many where n % 10 = 0`,
  `insert into vault.tenant_key (tenant_id, wrapped) select t, decode(repeat('00', 60), 'hex') from many`,
  `insert into vault.record_key (tenant_id, purpose, record, wrapped, expires_at)
   select t, 'amazon-buyer', o::text, decode(repeat('00', 60), 'hex'), now() + interval '20 days' from many, generate_series(1, 5) o`,
  `insert into detection.job (detection_id, tenant_id, sync_id, trigger, facts_as_of, as_of, coverage, cause, state)
   select t || '-d' || d, t, t || '-' || d, 'sync', 1, now(), '{}', '{}', 'done' from many, generate_series(1, 3) d`,
  `insert into detection.known_claim (tenant_id, claim_id, subtype, fnsku, state, seen_by)
   select t, t || '-c' || c, 'lost', 'X1', 'open', 'd' from many, generate_series(1, 5) c`,
  `insert into evidence.followed_claim (tenant_id, claim_id, deadline, case_id, channel, answer_look, deadline_look)
   select t, t || '-c' || c, now() + interval '60 days', 'case', 'sandbox', now() + interval '1 hour', now() + interval '30 days'
   from many, generate_series(1, 5) c`,
  `insert into evidence.due_work (kind, id, tenant_id, event_id, correlation_id, next_try, kept_until)
   select 'validation', t || '-c' || c, t, gen_random_uuid(), 'c', 'infinity', now() + interval '10 days'
   from many, generate_series(1, 2) c`,
  `insert into evidence.filing
     (idempotency_key, tenant_id, claim_id, quantity, event_id, correlation_id, requested_at, channel, state, case_id)
   select t || '-f' || c, t, t || '-c' || c, 1, gen_random_uuid(), 'c', now(), 'sandbox', 'filed', 'case' from many, generate_series(1, 3) c`,
  // Who has used up the cases of the day: what waits is held for hours.
  `insert into evidence.filing (idempotency_key, tenant_id, claim_id, quantity, event_id, correlation_id, requested_at, channel)
   select t || '-w' || c, t, t || '-c' || c, 1, gen_random_uuid(), 'c', now(), 'sandbox' from many, generate_series(4, 5) c`,
  `insert into evidence.governor (tenant_id, held_until) select t, now() + interval '6 hours' from many`,
  `insert into gateway.ended_session (session_id, expires_at, ended_at)
   select t, now() + interval '1 day', now() - n * interval '10 seconds' from many`,
  `insert into gateway.kept_answer (id, tenant_id, fingerprint, claim, status)
   select gen_random_uuid(), t, 'f', gen_random_uuid(), 200 from many`,
  `insert into facts.fact (tenant_id, kind, key, batch, group_key, data)
   select t, 'order', 'o' || f, 1, 'X' || f, jsonb_build_object('orderId', 'o' || f, 'day', '2026-11-20') from many, generate_series(1, 20) f`,
  `insert into rm.sync_v1 (tenant_id, key, doc, position)
   select t, t || '-' || d, jsonb_build_object('syncId', t, 'status', 'complete', 'startedAt', now()), d from many, generate_series(1, 3) d`,
  `insert into log.stream (stream_id, tenant_id, shard, version) select 'sync-' || t, t, shard, ${EVENTS_EACH} from many`,
  `insert into log.event (position, stream_version, occurred_at, event_id, shard, schema_version, stream_id, tenant_id, type, meta, data)
   select h.head + row_number() over (partition by m.shard order by n, v), v, now(), gen_random_uuid(), m.shard, 1, 'sync-' || t, t,
     'sync.planned', '{"correlationId":"c","causationId":null,"actor":"service:bench","traceparent":null}',
     json_build_object('syncId', t, 'text', repeat('x', 200))
   from many m join log.shard h using (shard), generate_series(1, ${EVENTS_EACH}) v`,
  `update log.shard s set head = head + ${EVENTS_EACH} * (select count(*) from many m where m.shard = s.shard)`,
];

/** Everybody who follows the log has seen all of it. */
const CAUGHT_UP: readonly string[] = [
  `update relay.checkpoint c set position = s.head from log.shard s where s.shard = c.shard`,
  `insert into consumer.checkpoint (consumer, shard, position)
   select name, shard, head from log.shard, unnest(array['ingestion', 'detection', 'evidence']) name
   on conflict (consumer, shard) do update set position = excluded.position`,
  `insert into rm.checkpoint (projection, shard, position)
   select c.relname, shard, head from log.shard, pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = 'rm' and c.relkind = 'r' and c.relname ~ '_v[0-9]+$'
   on conflict (projection, shard) do update set position = excluded.position`,
];

/** What of all sellers at once comes due in the worst minute of a day: every sync, every detection, every look. */
const WAVE: readonly string[] = [
  `update ingestion.seller_account set next_sync_at = now() - interval '1 minute'`,
  `insert into ingestion.job (sync_id, tenant_id, position, correlation_id, causation_id, requested_at)
   select tenant_id || '-now', tenant_id, 9, 'c', gen_random_uuid(), now() from ingestion.seller_account`,
  `insert into detection.job (detection_id, tenant_id, sync_id, trigger, facts_as_of, as_of, coverage, cause)
   select tenant_id || '-now', tenant_id, tenant_id, 'sync', 1, now(), '{}',
     '{"eventId":"00000000-0000-4000-8000-000000000000","position":1,"correlationId":"c","traceparent":null}'
   from ingestion.seller_account`,
  `update evidence.due_work set next_try = now(), kept_until = null`,
  `update evidence.followed_claim set answer_look = now(), deadline_look = now()`,
];

/** Adds sellers, numbered from `from`, to a migrated database, as its superuser. */
export async function addSellers(
  pool: Pool,
  { from, count }: { from: number; count: number },
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, nth) => from + nth);
  const tenants = numbers.map(tenantOf);
  const client = await pool.connect();
  try {
    // One transaction: services that run beside it never see events that their checkpoints do not pass yet.
    await client.query('begin');
    await client.query('create temporary table many (t text, shard smallint, n int)');
    await client.query(
      'insert into many select * from unnest($1::text[], $2::smallint[], $3::int[])',
      [tenants, tenants.map(shardOf), numbers],
    );
    for (const statement of [...FILL, ...CAUGHT_UP]) await client.query(statement);
    await client.query('drop table many');
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Makes everything of all sellers due at once. */
export async function makeAllDue(pool: Pool): Promise<void> {
  for (const statement of WAVE) await pool.query(statement);
  await pool.query('analyze');
}
