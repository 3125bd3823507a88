import type { RecordedEvent } from '@recoup/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import { filedCases, type Product } from '../../product/index.js';

const faultsSchema = z.array(z.object({ fault: z.string() }));

/**
 * What may not be left when everybody has arrived: parked events, rows that are stuck, reservations of what has ended, two
 * versions of a fact that say the same (a window that was recorded twice).
 */
const LEFT = `
  select format('%s has parked %s of shard %s: %s', consumer, position, shard, error) as fault from consumer.parked
  union all select format('%s %s is stuck at %s: %s', projection, key, position, error) from rm.stuck
  union all select format('%s is still reserved by %s', key, stream_id) from log.reservation r
    where (key like 'active-sync:%' or key like 'active-detection:%') and exists (
      select from log.event e where e.shard = r.shard and e.stream_id = r.stream_id and e.type in
        ('sync.completed', 'sync.failed', 'sync.cancelled', 'claim.detection_completed'))
  union all select format('shard %s: head %s, but %s events', s.shard, s.head, e.events) from log.shard s,
      lateral (select count(*) as events from log.event where shard = s.shard) e where e.events <> s.head`;

/** Amazon's own words may have changed where what is made of them has not: that is another version. */
const TWICE = `
  select format('%s %s is there twice, as batch %s and %s', kind, key, before, batch) as fault from (
    select kind, key, batch, jsonb_build_array(data, raw, route) as said, lag(batch) over w as before,
      lag(jsonb_build_array(data, raw, route)) over w as said_before
    from facts.fact window w as (partition by tenant_id, kind, key order by batch)) versions
  where said = said_before`;

/** What the log's events have brought about, each once: cases at the desk, facts, all of each resource read. */
export interface EffectsBook {
  note(events: readonly RecordedEvent[]): void;
  check(): Promise<readonly string[]>;
}

export function openEffectsBook(product: Product): EffectsBook {
  /** The claim of each case. */
  const filed = new Map<string, string>();
  const unread: string[] = [];
  return {
    note(events) {
      for (const event of events) {
        if (event.type === 'claim.submitted')
          filed.set(event.data.amazonCaseId, event.data.claimId);
        if (event.type === 'sync.resource_completed' && event.data.coverage.state !== 'complete')
          unread.push(`${event.streamId} has not read all ${event.data.resource}`);
      }
    },
    async check() {
      const { database } = product;
      const cases = await filedCases(product);
      return [
        ...(await faultsOf(database, LEFT)),
        ...(await faultsOf(database, TWICE)),
        ...deskFaults(cases, filed),
        ...unread,
      ];
    },
  };
}

function deskFaults(
  cases: Awaited<ReturnType<typeof filedCases>>,
  filed: ReadonlyMap<string, string>,
): string[] {
  const faults: string[] = [];
  const keys = new Set<string>();
  for (const { caseId, idempotencyKey, request } of cases) {
    if (keys.has(idempotencyKey)) faults.push(`${idempotencyKey} has two cases`);
    keys.add(idempotencyKey);
    if (filed.get(caseId) !== request.claimId) {
      faults.push(`case ${caseId} of ${request.claimId} is not in the log`);
    }
  }
  if (cases.length !== filed.size) {
    faults.push(`the desk has ${cases.length} cases, the log ${filed.size}`);
  }
  return faults;
}

async function faultsOf(database: Pool, query: string): Promise<string[]> {
  return faultsSchema.parse((await database.query(query)).rows).map(({ fault }) => fault);
}
