import type { RetentionRule } from '@recoup/service-kit';
import type { IngestionSettings } from './config.js';

/** Windows go with their job: what a window has closed counts for the planner as long as it is there. */
const ENDED_SYNCS = `with past as (
    select sync_id from ingestion.job
    where state = 'ended' and ended_at < now() - make_interval(days => $2)
    order by ended_at limit $1 for update skip locked),
  windows as (delete from ingestion.sync_window where sync_id in (select sync_id from past))
  delete from ingestion.job where sync_id in (select sync_id from past)`;

/**
 * Buckets of sellers who are not connected any more. Only full ones, a day after their last call: until then a new one could
 * let more calls go than Amazon's bucket holds.
 */
const FORSAKEN_BUCKETS = `delete from ingestion.rate_bucket where (seller_id, operation) in (
    select b.seller_id, b.operation from ingestion.rate_bucket b
    where b.refilled_at < now() - interval '1 day' and b.blocked_until < now()
      and ingestion.tokens_at(b.tokens, b.rate, b.capacity, b.refilled_at, now()) >= b.capacity
      and not exists (select from ingestion.seller_account a where a.selling_partner_id = b.seller_id)
    limit $1 for update skip locked)`;

/** What was put aside for a window whose sync has ended is never stored. A sync that is heard of later stages anew. */
const FORSAKEN_STAGE = `delete from facts.staged where ctid = any (array(
    select s.ctid from facts.staged s
    where not exists (select from ingestion.job j where j.sync_id = s.sync_id and j.state = 'open')
    limit $1))`;

/** What ingestion keeps for a time. Buyers have a sweeper of their own, since each order has a day of its own. */
export function retentionRules({
  SYNC_KEEP_DAYS: days,
}: Pick<IngestionSettings, 'SYNC_KEEP_DAYS'>): readonly RetentionRule[] {
  return [
    // A first sync has hundreds of windows.
    { table: 'ingestion.job', text: ENDED_SYNCS, values: () => [days], atOnce: 100 },
    { table: 'ingestion.rate_bucket', text: FORSAKEN_BUCKETS, values: () => [] },
    { table: 'facts.staged', text: FORSAKEN_STAGE, values: () => [] },
  ];
}
