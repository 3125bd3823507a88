import { streams } from '@recoup/contracts';
import { connectionState, fromCommand, nextScheduledSync, requestSync } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { derivedName, messageOf, type Clock } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { Log } from '../log.js';
import { dueSellers, putOff, type DueSeller } from './due-sellers.js';

export interface ScheduleDeps {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Cron fields in UTC, or `off`. */
  readonly schedule: string;
}

/** Sellers of one look; their appends leave together. */
export const MOST_AT_ONCE = 20;

/** A sync that was missed while nothing ran is made up unless it is older: half a day before the next daily one. */
const STILL_WANTED_MS = 12 * 3600 * 1000;

/**
 * Starts the scheduled syncs that are due, for so many sellers at most, and finds out when each one's next is due.
 * Answers how many sellers were dealt with. What fails for one seller is logged and tried again at the next look.
 * Throws what the database throws.
 */
export async function startDueSyncs(deps: ScheduleDeps): Promise<number> {
  const sellers = await dueSellers(deps.pool, deps.clock.now(), MOST_AT_ONCE);
  const done = await Promise.all(
    sellers.map((seller) =>
      dealWith(deps, seller).then(
        () => 1,
        (error: unknown) => {
          const { tenantId } = seller;
          deps.log.warn({ tenantId }, `a scheduled sync could not start: ${messageOf(error)}`);
          return 0;
        },
      ),
    ),
  );
  return done.reduce<number>((sum, one) => sum + one, 0);
}

/** The sync first, then the note: who dies in between starts the same sync again, which the log recognises. */
async function dealWith(deps: ScheduleDeps, { tenantId, dueAt }: DueSeller): Promise<void> {
  const { pool, clock, schedule } = deps;
  const now = clock.now();
  if (dueAt && now.getTime() - dueAt.getTime() <= STILL_WANTED_MS) {
    await requestScheduled(deps, tenantId, dueAt);
  }
  const next = nextScheduledSync(schedule, tenantId, now);
  if (next) await putOff(pool, tenantId, { next, schedule });
}

/**
 * The id follows from the seller and the time at which the sync is due, so that any number of instances start one. A
 * seller whose sync is running has what the schedule would bring: the reservation refuses a second one.
 */
async function requestScheduled(
  { store, clock, log }: ScheduleDeps,
  tenantId: string,
  dueAt: Date,
): Promise<void> {
  const events = await store.readStream(tenantId, streams.connection(tenantId));
  if (connectionState(events)?.state !== 'connected') return;
  const syncId = derivedName('sync', 'scheduled', tenantId, dueAt.toISOString());
  const cause = fromCommand('service:ingestion', clock.now());
  const outcome = await store.append(
    requestSync({ tenantId, syncId, trigger: 'scheduled' }, cause),
  );
  if (!outcome.ok) log.info({ tenantId }, 'no scheduled sync: another one is running');
  else if (!outcome.repeated) log.info({ tenantId, sync: syncId }, 'scheduled sync started');
}
