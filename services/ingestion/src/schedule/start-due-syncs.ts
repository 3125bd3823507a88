import { streams } from '@recoup/contracts';
import {
  connectionState,
  erasedUpTo,
  fromCommand,
  nextScheduledSync,
  requestSync,
  scheduleName,
  sellerSettings,
  type SyncSchedule,
} from '@recoup/domain';
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
  /** Of who has chosen none: cron fields in UTC, or `off`. */
  readonly schedule: string;
}

/** Sellers of one look; their appends leave together. */
export const MOST_AT_ONCE = 20;

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

/**
 * The sync first, then the note: who dies in between starts the same sync again, which the log recognises. What is due by
 * a schedule that the seller has changed since, whether or not that was heard, is due no more.
 */
async function dealWith(deps: ScheduleDeps, seller: DueSeller): Promise<void> {
  const { pool, clock } = deps;
  const { tenantId, dueAt, dueBy } = seller;
  const now = clock.now();
  const { connected, own } = await readSeller(deps, tenantId);
  const schedule = own ?? deps.schedule;
  const name = scheduleName(schedule);
  const next = nextScheduledSync(schedule, tenantId, now);
  if (connected && dueAt && dueBy === name && isStillWanted(dueAt, { now, next })) {
    await requestScheduled(deps, tenantId, dueAt);
  }
  await putOff(pool, seller, { at: next, schedule: name, own: own !== null });
}

/** A sync that was missed while nothing ran is made up until the next one is nearer. */
function isStillWanted(dueAt: Date, { now, next }: { now: Date; next: Date | null }): boolean {
  return next === null || now.getTime() - dueAt.getTime() <= next.getTime() - now.getTime();
}

async function readSeller(
  { store }: ScheduleDeps,
  tenantId: string,
): Promise<{ connected: boolean; own: SyncSchedule | null }> {
  const [connection, settings] = await Promise.all([
    store.readStream(tenantId, streams.connection(tenantId)),
    store.readStream(tenantId, streams.settings(tenantId)),
  ]);
  return {
    connected: connectionState(connection)?.state === 'connected',
    own: sellerSettings(settings, { erasedUpTo: erasedUpTo(connection) }).schedule,
  };
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
  const syncId = derivedName('sync', 'scheduled', tenantId, dueAt.toISOString());
  const cause = fromCommand('service:ingestion', clock.now());
  const outcome = await store.append(
    requestSync({ tenantId, syncId, trigger: 'scheduled' }, cause),
  );
  if (!outcome.ok) log.info({ tenantId }, 'no scheduled sync: another one is running');
  else if (!outcome.repeated) log.info({ tenantId, sync: syncId }, 'scheduled sync started');
}
