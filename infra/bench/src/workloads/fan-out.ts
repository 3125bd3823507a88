import { openEventStore } from '@recoup/event-store';
import { Pool } from 'pg';
import { startServer } from '../child.js';
import { openAudience } from '../sse/audience.js';
import { cookieOf, startGateway } from '../sse/gateway-process.js';
import { appendAll, type WatchedSync } from '../sse/watched-syncs.js';
import type { BenchServers, Contestant, WorkloadFile } from '../workload.js';

const SYNCS = 100;
const EACH = 20; // as many as a user may have

/** From an append, through Postgres, to 2,000 clients: the gateway beside a server that only reads the log and writes. */
export const fanOut: WorkloadFile = async (bench) => [
  {
    name: 'sse-fan-out',
    title: `frames at ${SYNCS * EACH} clients in another process: ${SYNCS} syncs with ${EACH} clients each, an event appended to each per round, up to 4 rounds under way`,
    limit:
      'the appends, read again, and a write per client; the gateway also folds, and tells nobody before its projector has the read models show it',
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

interface Side {
  readonly name: string;
  readonly setup: string;
  /** Answers where a sync is watched. */
  readonly start: (
    bench: BenchServers,
    urlOf: (role: string) => string,
  ) => Promise<(sync: WatchedSync) => string>;
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
  const urlOfSync = await start(bench, urlOf);
  await tell();
  const streams = syncs.map((sync) => ({ url: urlOfSync(sync), cookie: cookieOf(sync.tenantId) }));
  const audience = await openAudience(bench, {
    opening: { streams, each: EACH },
    isOpen: (frames) => frames >= SYNCS * EACH, // each is told something at once
  });
  return { name, setup, run: (seconds) => audience.measure(seconds, tell) };
}

const gateway: Side['start'] = async (bench, urlOf) => {
  const origin = await startGateway(bench, urlOf);
  return ({ syncId }) => `${origin}/api/sse/sync-progress/${syncId}`;
};

const logServer: Side['start'] = async (bench, urlOf) => {
  const { origin } = await startServer(bench, 'sse/log-server', [urlOf('recoup_gateway_follow')]);
  return ({ tenantId }) => `${origin}/${tenantId}`;
};
