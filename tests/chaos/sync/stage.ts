import { fileURLToPath } from 'node:url';
import type { SyncState } from '@recoup/domain';
import { syncState } from '@recoup/domain';
import { sleep } from '@recoup/kernel';
import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type SpawnedService,
} from '@recoup/testkit';
import { Pool } from 'pg';
import { openIngestionUnderTest } from '../../../services/ingestion/src/testing/ingestion-under-test.js';
import {
  startSimulatedAmazon,
  type SimulatedAmazon,
} from '../../../services/ingestion/src/testing/simulated-amazon.js';
import { SELLER, settings } from '../chaos-settings.js';

const SCRIPT = fileURLToPath(new URL('../../../services/ingestion/dist/main.js', import.meta.url));

/**
 * So many times Amazon's rates: reports, of which there is one a minute, take a tenth of a second each. The operations that
 * `own-throttles.ts` watches are the same as at lower rates.
 */
export const RATE_SCALE = 600;

/** As in production: a machine that is busy must not make a living process lose its lease. */
export const LEASE_SECONDS = 10;
/** Where processes die, so that the next one goes on soon. */
export const KILLED_LEASE_SECONDS = 1;

/** A connected seller whose first sync has been asked for, at an Amazon and in a database of their own. */
export interface Stage extends AsyncDisposable {
  readonly amazon: SimulatedAmazon;
  /** The database as its owner sees it. */
  readonly database: Pool;
  /** The sync that connecting began. */
  readonly firstSync: string;
  /** Starts ingestion as a process; returns when it is ready. */
  start(): Promise<void>;
  /** SIGKILL to the process. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Asks for a further sync and answers its id. */
  request(): Promise<string>;
  state(syncId: string): Promise<SyncState>;
  /** Waits until a sync has ended, or `until` holds. */
  followed(syncId: string, until?: (state: SyncState) => boolean): Promise<SyncState>;
  /** What the processes have logged. */
  output(): string;
}

/** Far more than any sync takes here, in milliseconds, also on a machine that is busy with other things. */
const NEVER_MS = 240_000;

/** The same seed and the same day bring the same seller, so what is read may be compared over stages. */
export async function openStage({
  leaseSeconds,
}: {
  readonly leaseSeconds: number;
}): Promise<Stage> {
  const [amazon, database, nats] = await Promise.all([
    startSimulatedAmazon({
      orders: settings.CHAOS_SYNC_ORDERS,
      settings: { SANDBOX_SEED: String(settings.SANDBOX_SEED) },
      rateScale: RATE_SCALE,
    }),
    createDatabase(),
    natsServer(),
  ]);
  const url = database.urlOf('recoup_ingestion_follow');
  const hand = openIngestionUnderTest(url, amazon);
  const pool = new Pool({ connectionString: database.adminUrl, max: 2 });
  pool.on('error', () => undefined);
  const { tenantId, syncId } = await hand.connected(SELLER);
  const env = {
    ...environmentOf(amazon, url, nats),
    SYNC_LEASE_SECONDS: String(leaseSeconds),
  };
  let running: SpawnedService | null = null;
  let said = '';
  const ended = async (how: (service: SpawnedService) => Promise<unknown>): Promise<void> => {
    if (running === null) return;
    await how(running);
    said += running.output;
    running = null;
  };
  const state = async (id: string): Promise<SyncState> => {
    const known = syncState(await hand.events(tenantId, id));
    if (known === null) throw new Error(`no sync ${id}`);
    return known;
  };
  return {
    amazon,
    database: pool,
    firstSync: syncId,
    async start() {
      const service = await spawnService({ script: SCRIPT, env });
      running = service;
      await eventually(() => service.output.includes('"msg":"ready"'), { timeoutMs: 60_000 });
    },
    kill: () => ended((service) => service.kill9()),
    stop: () => ended((service) => service.stop()),
    request: () => hand.request(tenantId),
    state,
    async followed(id, until = () => false) {
      let now = await state(id);
      const deadline = performance.now() + NEVER_MS;
      while (now.status === 'in_progress' && !until(now)) {
        if (performance.now() > deadline) throw new Error(`no end of ${id}: ${now.message}`);
        await sleep(40);
        now = await state(id);
      }
      return now;
    },
    output: () => said + (running?.output ?? ''),
    async [Symbol.asyncDispose]() {
      await ended((service) => service.stop());
      await pool.end();
      await hand[Symbol.asyncDispose]();
      await Promise.all([amazon, nats].map((server) => server[Symbol.asyncDispose]()));
      await database.drop();
    },
  };
}

function environmentOf(
  amazon: SimulatedAmazon,
  databaseUrl: string,
  nats: { readonly url: string },
): Record<string, string> {
  return {
    ...amazon.client,
    DATABASE_URL: databaseUrl,
    NATS_URL: nats.url,
    SPAPI_ENDPOINT: amazon.origin,
    LWA_ENDPOINT: `${amazon.origin}/auth/o2/token`,
    // The key with which the seller's consent was sealed when it was connected.
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    SPAPI_RATE_SCALE: String(amazon.rateScale),
    SYNC_SCHEDULE: 'off',
  };
}
