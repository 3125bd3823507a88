import { messageOf, sleep } from '@recoup/kernel';
import type { Log } from '../log.js';
import {
  settleDisconnection,
  type Disconnection,
  type SettleDeps,
} from './settle-disconnection.js';

/** How often disconnections are looked for, in milliseconds. */
const LOOK_MS = 500;

/** One that failed lets the others go first, for so many seconds. */
const PAUSE_SECONDS = 10;

const NEXT = `select tenant_id as "tenantId", position::float8 as position, purge, event_id as "eventId",
    correlation_id as "correlationId", traceparent
  from ingestion.disconnection where settled_at is null and not_before <= now()
  order by not_before, position limit 1`;

const POSTPONE = `update ingestion.disconnection set not_before = now() + make_interval(secs => $3)
  where tenant_id = $1 and position = $2`;

export interface DisconnectionDeps extends SettleDeps {
  readonly log: Log;
}

/** Settles disconnections until the signal aborts. Any number of processes may: each is settled once. */
export async function runDisconnections(
  deps: DisconnectionDeps,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      while (!signal.aborted && (await settleNext(deps)));
    } catch (error) {
      deps.log.warn(`could not look for disconnections: ${messageOf(error)}`);
    }
    await sleep(LOOK_MS, signal);
  }
}

/** False when there is none. */
async function settleNext(deps: DisconnectionDeps): Promise<boolean> {
  const { rows } = await deps.pool.query<Disconnection>(NEXT);
  const [next] = rows;
  if (!next) return false;
  const { tenantId, position, purge } = next;
  try {
    await settleDisconnection(deps, next);
    deps.log.info({ tenantId, purge }, 'disconnection settled');
  } catch (error) {
    deps.log.error({ err: error, tenantId }, 'a disconnection could not be settled yet');
    await deps.pool.query(POSTPONE, [tenantId, position, PAUSE_SECONDS]);
  }
  return true;
}
