import { openEventStore } from '@recoup/event-store';
import { Pool } from 'pg';
import { startServer } from '../child.js';
import type { BenchServers, Contestant } from '../workload.js';

import { cookieOf, startGateway } from './gateway-process.js';
import type { Opening } from './readers.js';
import { appendAll, type WatchedSync } from './watched-syncs.js';

/** Clients of each sync: as many as a user may have. */
export const CLIENTS_EACH = 20;

interface Running {
  readonly pid: number;
  /** Where a sync is watched. */
  readonly urlOfSync: (sync: WatchedSync) => string;
}

interface Side {
  readonly name: string;
  readonly setup: string;
  readonly start: (bench: BenchServers, urlOf: (role: string) => string) => Promise<Running>;
}

const SIDES: readonly Side[] = [
  {
    name: 'recoup',
    setup: 'the gateway as a process, with sessions, projector and read models',
    async start(bench, urlOf) {
      const { origin, pid } = await startGateway(bench, urlOf);
      return { pid, urlOfSync: ({ syncId }) => `${origin}/api/sse/sync-progress/${syncId}` };
    },
  },
  {
    name: 'log to raw writes',
    setup: 'the same log followed, res.write of one buffer to the clients of a tenant (limit)',
    async start(bench, urlOf) {
      const role = urlOf('recoup_gateway_follow');
      const { server, origin } = await startServer(bench, 'sse/log-server', [role]);
      return { pid: server.pid ?? 0, urlOfSync: ({ tenantId }) => `${origin}/${tenantId}` };
    },
  },
];

/** A side that runs on a database of its own with syncs that have begun, and that nobody watches yet. */
export interface OpenSide {
  readonly pid: number;
  /** A stream of each sync, with the cookie of its seller. */
  readonly streams: Opening['streams'];
  /** Appends the next event of every sync. */
  readonly tell: () => Promise<void>;
}

async function openSide(bench: BenchServers, { start }: Side, count: number): Promise<OpenSide> {
  const { urlOf } = await bench.database();
  const pool = new Pool({ connectionString: urlOf('recoup_ingestion_follow'), max: 4 });
  bench.onEnd(() => pool.end());
  const store = openEventStore(pool);
  const syncs = Array.from({ length: count }, (_, n) => ({
    tenantId: `user-${n}`,
    syncId: `sync_${n}`,
  }));
  let version = 0;
  const tell = (): Promise<void> => appendAll(store, syncs, version++);
  const { pid, urlOfSync } = await start(bench, urlOf);
  await tell();
  const streams = syncs.map((sync) => ({ url: urlOfSync(sync), cookie: cookieOf(sync.tenantId) }));
  return { pid, streams, tell };
}

/** The gateway and a server that only reads the log and writes, each with so many syncs; `watch` makes what is measured. */
export async function bothSides(
  bench: BenchServers,
  count: number,
  watch: (side: OpenSide) => Promise<Contestant['run']>,
): Promise<Contestant[]> {
  const contestants: Contestant[] = [];
  for (const side of SIDES) {
    const run = await watch(await openSide(bench, side, count));
    contestants.push({ name: side.name, setup: side.setup, run });
  }
  return contestants;
}
