import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reservations, type RecordedEvent } from '@recoup/contracts';
import { openEventStore } from '@recoup/event-store';
import {
  enqueueSync,
  ingestionSettings,
  openIngestion,
  type IngestionDeps,
  type IngestionSettings,
} from '@recoup/ingestion';
import { eventually } from '@recoup/testkit';
import { configSchema, startSandbox } from '@recoup/sandbox';
import { countingSink } from './counting-sink.js';
import { heldPool } from './held-pool.js';
import { callsOf, outcomeOf, type Outcome } from './outcome.js';
import { simulatedTimer } from './simulated-timer.js';

export interface Simulation {
  readonly orders: number;
  readonly route: IngestionSettings['SYNC_ROUTE'];
  /** A database of its own, migrated, as the user of ingestion. */
  readonly databaseUrl: string;
  /** Most facts are counted and not stored: storing millions takes longer than all that is asked here. */
  readonly countOnly: boolean;
}

const SELLER = 'A2HARBORPINE01';
const CLIENT = { LWA_CLIENT_ID: 'simulation', LWA_CLIENT_SECRET: 'simulation-secret' } as const;
const START = new Date('2026-03-10T08:00:00Z');

/** A first sync under Amazon's published limits: planner, limiter, client and Amazon in this process, on one simulated clock. */
export async function simulateSync(simulation: Simulation): Promise<Outcome> {
  const timer = simulatedTimer(START);
  const directory = await mkdtemp(join(tmpdir(), 'recoup-limits-'));
  const config = configSchema.parse({
    ...CLIENT,
    SANDBOX_STATE_DIR: directory,
    SANDBOX_ORDERS: simulation.orders,
  });
  const sandbox = await startSandbox(config, timer);
  const pool = heldPool(simulation.databaseUrl, timer);
  try {
    // Making a large world takes longer than a call is waited for.
    await (await fetch(`${sandbox.origin}/sandbox/sellers/${SELLER}/truth`)).text();
    const events = await firstSync(simulation, { timer, pool, origin: sandbox.origin });
    const { orders } = simulation;
    return outcomeOf({ orders, scale: 1 }, events, await callsOf(sandbox.origin));
  } finally {
    await sandbox.close();
    await pool.end();
    await rm(directory, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly timer: ReturnType<typeof simulatedTimer>;
  readonly pool: ReturnType<typeof heldPool>;
  readonly origin: string;
}

async function firstSync(
  { route, countOnly }: Simulation,
  { timer, pool, origin }: Surroundings,
): Promise<readonly RecordedEvent[]> {
  const settings = ingestionSettings.parse({
    ...CLIENT,
    SPAPI_ENDPOINT: origin,
    LWA_ENDPOINT: `${origin}/auth/o2/token`,
    ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64'),
    SYNC_ROUTE: route,
    SYNC_LEASE_SECONDS: 600,
  });
  const store = openEventStore(pool);
  const deps: IngestionDeps = { pool, store, clock: timer, log: SILENT, simulated: timer };
  const ingestion = openIngestion(
    countOnly ? { ...deps, openRecording: countingSink() } : deps,
    settings,
  );
  const reply = await ingestion.connect({
    tenantId: null,
    sellingPartnerId: SELLER,
    region: 'na',
    marketplaceIds: null,
    credential: { kind: 'refresh_token', refreshToken: await refreshToken(origin) },
  });
  if (reply.outcome !== 'connected') throw new Error(reply.message);
  const { tenantId } = reply;
  const stream = await store.reservationOwner(tenantId, reservations.activeSync(tenantId));
  const read = () => store.readStream(tenantId, stream ?? '');
  const [requested] = await read();
  if (requested?.type !== 'sync.requested') throw new Error('no sync was asked for');
  const client = await pool.connect();
  await enqueueSync(client, requested);
  client.release();

  const stop = new AbortController();
  const workers = ingestion.runWorkers(stop.signal);
  const ended = async () => ENDS.has((await read()).at(-1)?.type ?? '');
  await eventually(ended, { timeoutMs: 3_600_000, everyMs: 100 });
  stop.abort();
  await workers;
  return read();
}

const ENDS = new Set(['sync.completed', 'sync.failed']);

/** Nobody reads along. */
const nothing = (): void => undefined;
const SILENT = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  child: () => SILENT,
} as unknown as IngestionDeps['log'];

async function refreshToken(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/sandbox/sellers/${SELLER}/refresh-token`);
  return ((await answer.json()) as { refreshToken: string }).refreshToken;
}
