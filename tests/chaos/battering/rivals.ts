import { setMaxListeners } from 'node:events';
import { openBus } from '@recoup/bus';
import { listenToLog, openEventStore } from '@recoup/event-store';
import { ALL_SHARDS } from '@recoup/kernel';
import { projectShard } from '@recoup/projections';
import { relayShard } from '@recoup/relay';
import { Pool } from 'pg';
import { projections } from '../../../services/gateway/src/projections/index.js';
import type { Arena } from './arena.js';
import { settingsOf } from './second-instance.js';

/** Relays and projectors that believe that they own every shard. */
export interface Rivals extends AsyncDisposable {
  /** How often one of them was told that it is not alone, or was interrupted otherwise. */
  note(): string;
}

/**
 * Starts a relay and a projector for each shard, as the gateway's role, that have asked for no lock: to them it is as if
 * the locks of the owners did not hold. Only the checkpoints, which move by compare-and-swap, keep the two apart.
 */
export async function startRivals(arena: Arena): Promise<Rivals> {
  const { DATABASE_URL, NATS_URL = '' } = settingsOf(arena, 'gateway');
  const connection = { connectionString: DATABASE_URL, application_name: 'battering-rival' };
  const pool = new Pool({ ...connection, max: 6 });
  pool.on('error', () => undefined);
  const store = openEventStore(pool);
  const notifications = listenToLog(connection);
  const bus = await openBus({ url: NATS_URL, name: 'battering-rival' });
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  let overtaken = 0;
  const onError = (): void => void (overtaken += 1);
  const parts = { pool, store, notifications, bus, connection, projections, onError };
  const running = ALL_SHARDS.flatMap((shard) => [
    relayShard(parts, shard, over.signal),
    projectShard(parts, shard, over.signal),
  ]);
  return {
    note: () => `the second ones lost the race ${overtaken} times`,
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all(running);
      await notifications[Symbol.asyncDispose]();
      await bus[Symbol.asyncDispose]();
      await pool.end();
    },
  };
}
