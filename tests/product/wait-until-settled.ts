import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import type { Product } from './product.js';

const rowsSchema = z.array(z.object({ what: z.string() }));

/**
 * Work that is still to be done, one row each. Every service that listens is expected on every shard: a consumer that
 * never made its checkpoint is as late as one that stands still.
 */
const UNSETTLED = `
  with late as (
    select 'relay' as who, s.shard, s.head, c.position from log.shard s left join relay.checkpoint c using (shard)
    union all
    select 'consumer ' || n, s.shard, s.head, c.position
      from log.shard s cross join unnest(array['ingestion', 'detection', 'evidence']) n
      left join consumer.checkpoint c on c.consumer = n and c.shard = s.shard
    union all
    select 'projection ' || n.projection, s.shard, s.head, c.position
      from log.shard s cross join (select distinct projection from rm.checkpoint) n
      left join rm.checkpoint c on c.projection = n.projection and c.shard = s.shard)
  select format('%s stands at %s of %s in shard %s', who, coalesce(position, 0), head, shard) as what
    from late where coalesce(position, 0) <> head
  union all select 'sync ' || sync_id || ' is open' from ingestion.job where state = 'open'
  union all select 'detection ' || detection_id || ' waits' from detection.job where state = 'waiting'
  union all select kind || ' of ' || id || ' is due' from evidence.due_work where next_try <> 'infinity'
  union all select 'filing ' || idempotency_key || ' is ' || state from evidence.filing
    where state in ('waiting', 'calling')`;

/** Waits until nobody has anything left to do. Its error says what was left. */
export async function waitUntilSettled(
  { database }: Pick<Product, 'database'>,
  timeoutMs = 60_000,
): Promise<void> {
  let left: readonly string[] = [];
  await eventually(
    async () => {
      left = rowsSchema.parse((await database.query(UNSETTLED)).rows).map(({ what }) => what);
      if (left.length > 0) throw new Error(left.join('; '));
      return true;
    },
    { timeoutMs, everyMs: 50 },
  );
}
