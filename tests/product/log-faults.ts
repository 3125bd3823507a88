import { z } from 'zod';
import type { Product } from './product.js';

const rowsSchema = z.array(z.object({ fault: z.string() }));

/** Each line finds one way in which a log, or what came of it, can be broken, and says where. */
const FAULTS = `
  select format('shard %s: head %s, but %s events up to position %s', s.shard, s.head, e.events, e.last) as fault
    from log.shard s left join lateral (
      select count(*) as events, coalesce(max(position), 0) as last from log.event where shard = s.shard) e on true
    where e.events <> s.head or e.last <> s.head
  union all
  select format('%s: version %s, but %s events up to version %s', s.stream_id, s.version, e.events, e.last)
    from log.stream s left join lateral (
      select count(*) as events, coalesce(max(stream_version), 0) as last
      from log.event where shard = s.shard and stream_id = s.stream_id) e on true
    where e.events <> s.version or e.last <> s.version
  union all
  select format('event %s is there %s times', event_id, count(*)) from log.event group by event_id having count(*) > 1
  union all
  select format('%s has %s of %s', stream_id, count(*), type) from log.event
    where type in ('sync.requested', 'sync.planned', 'claim.detected', 'claim.submitted',
                   'claim.detection_started', 'claim.detection_completed')
    group by stream_id, type having count(*) > 1
  union all
  select format('%s ended %s times', stream_id, count(*)) from log.event
    where type in ('sync.completed', 'sync.failed', 'sync.cancelled') group by stream_id having count(*) > 1
  union all
  select format('%s has parked %s of shard %s: %s', consumer, position, shard, error) from consumer.parked
  union all
  select format('%s still holds %s', stream_id, key) from log.reservation r
    where stream_id like 'sync-%' and exists (select from log.event e where e.shard = r.shard
      and e.stream_id = r.stream_id and e.type in ('sync.completed', 'sync.failed', 'sync.cancelled'))`;

/**
 * What is wrong with the log and with what follows it; empty when nothing is. Positions and versions are dense, ids are
 * unique, what happens once happened once, nothing is parked, and no ended sync holds a reservation. For a seller with
 * one sync: a second would find claims again.
 */
export async function logFaults({ database }: Pick<Product, 'database'>): Promise<string[]> {
  return rowsSchema.parse((await database.query(FAULTS)).rows).map(({ fault }) => fault);
}
