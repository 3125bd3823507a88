import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { jetstreamManager } from '@nats-io/jetstream';
import { SERVICES, type ServiceName } from '@recoup/deploy';
import { openEventStore } from '@recoup/event-store';
import { newId } from '@recoup/kernel';
import { freePort } from '@recoup/local';
import { eventually, someEvents, spawnService, type SpawnedService } from '@recoup/testkit';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productionServers, ROOT, type ProductionServers } from './production-servers.js';

/** Nobody listens there: what goes to Amazon ends there. */
const NOWHERE = 'http://127.0.0.1:1';

let servers: ProductionServers;
let gatewayPort: number;
const running = new Map<ServiceName, { process: SpawnedService; ready: string }>();

beforeAll(async () => {
  servers = await productionServers();
  gatewayPort = await freePort();
  for (const name of SERVICES) running.set(name, await start(name));
});
afterAll(async () => {
  await Promise.all([...running.values()].map(({ process }) => process.stop()));
  await servers[Symbol.asyncDispose]();
});

function own(): Record<ServiceName, Record<string, string>> {
  const key = (): string => randomBytes(32).toString('base64');
  return {
    gateway: { GATEWAY_PORT: String(gatewayPort), SESSION_JWT_SECRET: key() },
    ingestion: {
      ENCRYPTION_KEY: key(),
      LWA_CLIENT_ID: 'id',
      LWA_CLIENT_SECRET: 'secret',
      LWA_ENDPOINT: NOWHERE,
      SPAPI_ENDPOINT: NOWHERE,
    },
    detection: {},
    evidence: {},
  };
}

async function start(
  name: ServiceName,
  more: Readonly<Record<string, string>> = {},
): Promise<{ process: SpawnedService; ready: string }> {
  const port = await freePort();
  const env = { ...servers.environmentOf(name), ...own()[name], OPS_PORT: String(port), ...more };
  const script = join(ROOT, `services/${name}/dist/main.js`);
  return {
    process: await spawnService({ script, env }),
    ready: `http://127.0.0.1:${port}/readyz`,
  };
}

/** An event as the gateway appends them, over a connection of its own role. */
async function append(): Promise<void> {
  const url = servers.environmentOf('gateway')['DATABASE_URL']!;
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const outcome = await openEventStore(pool).append({
      tenantId: newId(),
      streamId: `connection-${newId()}`,
      expected: 'absent',
      events: someEvents(1),
    });
    expect(outcome.ok).toBe(true);
  } finally {
    await pool.end();
  }
}

describe('the services, each as its own user of both servers, by TLS alone', () => {
  it.each(SERVICES)('%s becomes ready', async (name) => {
    const { ready, process } = running.get(name)!;
    const answers = async (): Promise<boolean> => (await fetch(ready)).ok;
    await eventually(answers, { timeoutMs: 60_000 }).catch((cause: unknown) => {
      throw new Error(process.output, { cause });
    });
  });

  it('they hear each other', async () => {
    const ask = () => fetch(`http://127.0.0.1:${gatewayPort}/api/services/status`);
    await eventually(
      async () => ((await (await ask()).json()) as { status: string }).status === 'ok',
    );
  });

  it('an event goes from the log to the consumers, and is acknowledged', async () => {
    await append();
    const seed = new TextEncoder().encode(servers.seedOf('detection'));
    await using nats = await connect({
      servers: servers.natsUrl,
      tls: { caFile: servers.caFile },
      authenticator: nkeyAuthenticator(seed),
      inboxPrefix: '_INBOX.recoup-detection',
    }).then((open) => Object.assign(open, { [Symbol.asyncDispose]: () => open.close() }));
    const manager = await jetstreamManager(nats, { checkAPI: false });
    const acknowledged = async (): Promise<number> => {
      const shards = Array.from({ length: 16 }, (_, shard) => String(shard).padStart(2, '0'));
      const infos = shards.map((shard) => manager.consumers.info('EVENTS', `detection-${shard}`));
      return Math.max(...(await Promise.all(infos)).map((info) => info.ack_floor.stream_seq));
    };
    await eventually(async () => (await acknowledged()) > 0, { timeoutMs: 30_000 });
  });

  it('and the servers refused none of them anything', () => {
    expect(readFileSync(servers.nats.logFile, 'utf8')).not.toMatch(/Violation/);
    const said = [...running.values()].map(({ process }) => process.output).join('\n');
    expect(said).not.toMatch(/permission denied|Permissions Violation/i);
  });
});

describe('what stays outside', () => {
  it('nobody speaks to Postgres in clear', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.search = '';
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/no pg_hba.conf entry.*no encryption/);
  });

  it('one service cannot sign in to Postgres as another', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.username = 'recoup_ingestion_follow';
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
  });

  it('a server that another authority vouches for is not spoken to', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.searchParams.delete('sslrootcert');
    const client = new Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toThrow(/certificate/);
  });

  it('a service that is told to go in clear ends, and names what is wrong', async () => {
    const url = new URL(servers.environmentOf('evidence')['DATABASE_URL']!);
    url.search = '';
    const clear = { DATABASE_URL: url.href, NATS_URL: servers.nats.url };
    const { process } = await start('evidence', clear);
    expect(await process.exit).toMatchObject({ code: 1 });
    expect(process.output).toMatch(/DATABASE_URL needs sslmode=verify-full.*NATS_URL needs tls/);
    expect(process.output).not.toContain(url.password);
  });
});
