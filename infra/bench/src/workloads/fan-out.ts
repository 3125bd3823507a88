import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openEventStore } from '@recoup/event-store';
import { freePort } from '@recoup/local';
import { eventually, natsServer, spawnService } from '@recoup/testkit';
import { Pool } from 'pg';
import { openAudience, script } from '../sse/audience.js';
import { FRAME, progressed, requested } from '../sse/progress-events.js';
import type { BenchServers, Contestant, WorkloadFile } from '../workload.js';

const SYNCS = 100;
const EACH = 20; // as many as a user may have
const SECRET = 'a secret of the bench, long enough to be one';
const GATEWAY = new URL('../../../../services/gateway/dist/main.js', import.meta.url);

/** From an event in the log to 2,000 clients, beside servers that only write. */
export const fanOut: WorkloadFile = async (bench) => [
  {
    name: 'sse-fan-out',
    title: `frames at ${SYNCS * EACH} clients in another process, 343 bytes of JSON at the peers, up to 4 rounds under way`,
    limit:
      'a write per client; the gateway also reads the log, folds and projects, and Postgres shares the cores',
    contestants: [
      await gateway(bench),
      await peer(bench, 'better-sse', 'better-sse: one channel, broadcast'),
      await peer(bench, 'raw', 'res.write of one buffer to all (limit)'),
    ],
  },
];

async function gateway(bench: BenchServers): Promise<Contestant> {
  const { urlOf } = await bench.database();
  const pool = new Pool({ connectionString: urlOf('recoup_ingestion_follow'), max: 4 });
  bench.onEnd(() => pool.end());
  const store = openEventStore(pool);
  const origin = await startGateway(bench, urlOf);
  const syncs = Array.from({ length: SYNCS }, (_, n) => ({
    tenantId: `user-${n}`,
    syncId: `sync_${n}`,
  }));
  let version = 0;
  const tell = async (): Promise<void> => {
    await Promise.all(
      syncs.map(async ({ tenantId, syncId }) => {
        const events = [version === 0 ? requested(syncId) : progressed(syncId)];
        const streamId = `sync-${syncId}`;
        const outcome = await store.append({ tenantId, streamId, expected: version, events });
        if (!outcome.ok) throw new Error(`appending: ${outcome.reason}`);
      }),
    );
    version += 1;
  };
  await tell();
  const streams = syncs.map(({ tenantId, syncId }) => ({
    url: `${origin}/api/sse/sync-progress/${syncId}`,
    cookie: `session_token=${tokenOf(tenantId)}`,
  }));
  const audience = await openAudience(bench, { streams, each: EACH }, 1);
  return {
    name: 'recoup',
    setup: `the gateway as a process: ${SYNCS} syncs, ${EACH} clients each, an event appended per sync and round`,
    run: (seconds) => audience.measure(seconds, tell),
  };
}

async function startGateway(bench: BenchServers, urlOf: (role: string) => string): Promise<string> {
  const nats = await natsServer();
  const port = await freePort();
  const service = await spawnService({
    script: fileURLToPath(GATEWAY),
    env: {
      DATABASE_URL: urlOf('recoup_gateway_follow'),
      DATABASE_TENANT_URL: urlOf('recoup_gateway_tenant'),
      NATS_URL: nats.url,
      SESSION_JWT_SECRET: SECRET,
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LOG_LEVEL: 'warn',
    },
  });
  bench.onEnd(async () => {
    await service.stop();
    await nats[Symbol.asyncDispose]();
  });
  const origin = `http://127.0.0.1:${port}`;
  await eventually(
    () =>
      fetch(`${origin}/api/services/status`).then(
        ({ ok }) => ok,
        () => false,
      ),
    {
      timeoutMs: 60_000,
    },
  );
  return origin;
}

async function peer(bench: BenchServers, how: string, name: string): Promise<Contestant> {
  const server = fork(script('peer-server'), [how]);
  bench.onEnd(() => Promise.resolve(server.kill()));
  const [{ port }] = (await once(server, 'message')) as [AddressInfo];
  const streams = [{ url: `http://127.0.0.1:${port}`, cookie: '' }];
  const audience = await openAudience(bench, { streams, each: SYNCS * EACH }, 0);
  await new Promise((resolve) => setTimeout(resolve, 3000)); // nothing tells when all are there
  const tell = (): Promise<void> => {
    server.send({ body: FRAME, times: 1 });
    return Promise.resolve();
  };
  return { name: how, setup: name, run: (seconds) => audience.measure(seconds, tell) };
}

/** A session as the gateway signs them (HS256). */
function tokenOf(sub: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 86_400;
  const signed = `${part({ alg: 'HS256' })}.${part({ sub, exp })}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}
