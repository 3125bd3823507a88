import { get } from 'node:http';
import { openEventStore } from '@recoup/event-store';
import { shardOf } from '@recoup/kernel';
import { Pool } from 'pg';
import { callInParallel } from '../callers.js';
import { followLog } from '../follow-log.js';
import { cookieOf, startGateway } from '../sse/gateway-process.js';
import { appendNext } from '../sse/watched-syncs.js';
import type { BenchServers, Contestant, WorkloadFile } from '../workload.js';

const SYNC = { tenantId: 'user-0', syncId: 'sync_0' };

/** How long a client waits from the append of an event to the first byte of its frame. */
export const appendToByte: WorkloadFile = async (bench) => [
  {
    name: 'append-to-byte',
    title: 'from the call of an append to its frame at one client, the next append after it',
    limit:
      'a commit, a notification and a read; the gateway is another process, and tells nobody before its projector has the read models show it',
    contestants: [
      await contestant(bench, {
        name: 'recoup',
        setup: 'the gateway as a process, the stream of a sync',
        watch: watchGateway,
      }),
      await contestant(bench, {
        name: 'log',
        setup: 'LISTEN, then a read of the log in this process (limit)',
        watch: watchLog,
      }),
    ],
  },
];

/** Calls back with what arrives, until the bench ends; resolves when nothing is missed any more. */
type Watch = (
  bench: BenchServers,
  urlOf: (role: string) => string,
  heard: () => void,
) => Promise<unknown>;

async function contestant(
  bench: BenchServers,
  { name, setup, watch }: { name: string; setup: string; watch: Watch },
): Promise<Contestant> {
  const { urlOf } = await bench.database();
  const pool = new Pool({ connectionString: urlOf('recoup_ingestion_follow'), max: 4 });
  pool.on('error', () => undefined); // an idle connection that breaks; a query on it would say so again
  bench.onEnd(() => pool.end());
  const store = openEventStore(pool);
  let version = 0;
  await appendNext(store, SYNC, version++);
  let arrived = (): void => undefined;
  await watch(bench, urlOf, () => arrived());
  const one = async (): Promise<void> => {
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    await appendNext(store, SYNC, version++);
    await arrival;
  };
  return {
    name,
    setup,
    run: (seconds) => callInParallel({ callers: 1, eventsPerCall: 1, seconds }, one),
  };
}

const watchGateway: Watch = async (bench, urlOf, heard) => {
  const { origin } = await startGateway(bench, urlOf);
  const headers = { cookie: cookieOf(SYNC.tenantId) };
  await new Promise<void>((resolve) => {
    const request = get(
      `${origin}/api/sse/sync-progress/${SYNC.syncId}`,
      { headers },
      (response) => {
        response.on('data', (chunk: Buffer) => {
          if (!chunk.includes('data:')) return; // a heartbeat
          resolve(); // the present state
          heard();
        });
      },
    );
    bench.onEnd(() => Promise.resolve(request.destroy()));
    request.on('error', () => undefined); // cut off at the end
  });
};

const watchLog: Watch = async (bench, urlOf, heard) => {
  const connectionString = urlOf('recoup_gateway_follow');
  const pool = new Pool({ connectionString, max: 1 });
  pool.on('error', () => undefined);
  bench.onEnd(() => pool.end());
  const store = openEventStore(pool);
  followLog(bench, { store, connectionString, shard: shardOf(SYNC.tenantId), after: 1 }, heard);
  return Promise.resolve();
};
