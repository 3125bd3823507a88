import { readFile } from 'node:fs/promises';
import { openEventStore } from '@recoup/event-store';
import { Pool } from 'pg';
import { startServer } from '../child.js';
import { openAudience } from '../sse/audience.js';
import { cookieOf, startGatewayProcess } from '../sse/gateway-process.js';
import { appendAll, type WatchedSync } from '../sse/watched-syncs.js';
import type { BenchServers, Contestant, WorkloadFile } from '../workload.js';

const EACH = 20; // as many as a user may have
const SYNCS = 500;
const CLIENTS = SYNCS * EACH;

/** All the streams that one gateway is to hold: what they cost, and how soon everybody is told. Needs 10,000 descriptors. */
export const manyStreams: WorkloadFile = async (bench) => [
  {
    name: 'many-streams',
    title: `${CLIENTS.toLocaleString('en-US')} event streams of one process: ${SYNCS} syncs with ${EACH} clients each; an event appended to every sync at once, p50 and p99 from the call of the appends to the clients' frames`,
    limit: '500 appends, read again, and a write per client; the readers share the cores',
    repetitions: 5,
    contestants: [
      await contestant(bench, {
        name: 'recoup',
        setup: 'the gateway as a process, with sessions, projector and read models',
        start: gateway,
      }),
      await contestant(bench, {
        name: 'log to raw writes',
        setup: 'the same log followed, res.write of one buffer to the clients of a tenant (limit)',
        start: logServer,
      }),
    ],
  },
];

interface Running {
  readonly pid: number;
  readonly urlOfSync: (sync: WatchedSync) => string;
}

interface Side {
  readonly name: string;
  readonly setup: string;
  readonly start: (bench: BenchServers, urlOf: (role: string) => string) => Promise<Running>;
}

async function contestant(bench: BenchServers, { name, setup, start }: Side): Promise<Contestant> {
  const { urlOf } = await bench.database();
  const pool = new Pool({ connectionString: urlOf('recoup_ingestion_follow'), max: 4 });
  bench.onEnd(() => pool.end());
  const store = openEventStore(pool);
  const syncs = Array.from({ length: SYNCS }, (_, n) => ({
    tenantId: `user-${n}`,
    syncId: `sync_${n}`,
  }));
  let version = 0;
  const tell = (): Promise<void> => appendAll(store, syncs, version++);
  const { pid, urlOfSync } = await start(bench, urlOf);
  await tell();
  const before = await memoryOf(pid);
  const streams = syncs.map((sync) => ({ url: urlOfSync(sync), cookie: cookieOf(sync.tenantId) }));
  const audience = await openAudience(bench, {
    opening: { streams, each: EACH },
    isOpen: (frames) => frames >= CLIENTS, // each is told something at once
  });
  return {
    name,
    setup,
    async run() {
      const { p50, p99 } = await audience.spread(tell);
      const each = ((await memoryOf(pid)) - before) / CLIENTS;
      const note = `${each.toFixed(1)} KB of resident memory a stream, ${before / 1000} MB without any`;
      return { figure: CLIENTS / (p99 / 1000), p50, p99, note };
    },
  };
}

/** What a process holds in memory now, in KB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN);
}

const gateway: Side['start'] = async (bench, urlOf) => {
  const { origin, pid } = await startGatewayProcess(bench, urlOf);
  return { pid, urlOfSync: ({ syncId }) => `${origin}/api/sse/sync-progress/${syncId}` };
};

const logServer: Side['start'] = async (bench, urlOf) => {
  const { server, origin } = await startServer(bench, 'sse/log-server', [
    urlOf('recoup_gateway_follow'),
  ]);
  return { pid: server.pid ?? 0, urlOfSync: ({ tenantId }) => `${origin}/${tenantId}` };
};
