import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openBus } from '@recoup/bus';
import { CONNECT_SUBJECT, connectReplySchema, reservations, streams } from '@recoup/contracts';
import { fromCommand, requestSync } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { newName, sleep } from '@recoup/kernel';
import { eventually, natsServer, spawnService, type SpawnedService } from '@recoup/testkit';
import { Pool } from 'pg';
import type { BenchServers, Rate } from '../workload.js';
import { CLIENT, refreshTokenOf, SELLER, type SimulatedSeller } from './simulated-amazon.js';

const INGESTION = fileURLToPath(
  new URL('../../../../services/ingestion/dist/main.js', import.meta.url),
);

/**
 * What the service is given for its objects, however many orders there are: left to itself Node lets garbage lie until there
 * are several times as many bytes of it as are in use, and the peak would say how busy the machine was.
 */
export const HEAP_MB = 192;

export interface ProductSyncs {
  /** A first sync into an empty database, from the connection to `sync.completed`. */
  first(): Promise<Rate>;
  /** All of it read once more over the same facts. Throws when anything changed. */
  again(): Promise<Rate>;
  /** A superuser's URL of the database of the last first sync. */
  adminUrl(): string;
}

interface Running {
  readonly adminUrl: string;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly service: SpawnedService;
  readonly tenantId: string;
  readonly close: () => Promise<void>;
}

/** The ingestion service as a process, at a simulated Amazon. */
export function productSyncs(
  bench: BenchServers,
  origin: string,
  { orders, rateScale }: SimulatedSeller,
): ProductSyncs {
  let last: Running | undefined;
  bench.onEnd(async () => last?.close());

  async function first(): Promise<Rate> {
    await last?.close();
    const { adminUrl, urlOf } = await bench.database();
    const url = urlOf('recoup_ingestion_follow');
    const nats = await natsServer();
    const service = await startIngestion({ url, nats: nats.url, origin, rateScale });
    const bus = await openBus({ url: nats.url, name: 'bench' });
    const pool = new Pool({ connectionString: adminUrl, max: 2 });
    pool.on('error', () => undefined);
    const close = async (): Promise<void> => {
      await service.stop();
      await bus[Symbol.asyncDispose]();
      await pool.end();
      await nats[Symbol.asyncDispose]();
    };
    const refreshToken = await refreshTokenOf(origin);
    const startedAt = performance.now();
    const reply = connectReplySchema.parse(
      await bus.request(
        CONNECT_SUBJECT,
        {
          tenantId: null,
          sellingPartnerId: SELLER,
          region: 'na',
          marketplaceIds: null,
          credential: { kind: 'refresh_token', refreshToken },
        },
        { timeoutMs: 60_000 },
      ),
    );
    if (reply.outcome !== 'connected') throw new Error(reply.message);
    const { tenantId } = reply;
    const store = openEventStore(pool);
    last = { adminUrl, pool, store, service, tenantId, close };
    const owner = await store.reservationOwner(tenantId, reservations.activeSync(tenantId));
    await ended(store, tenantId, owner ?? '');
    return rateOf(last, { orders, seconds: (performance.now() - startedAt) / 1000 });
  }

  async function again(): Promise<Rate> {
    if (!last) throw new Error('nothing was synced yet');
    const { pool, store, tenantId } = last;
    // Forgotten is only what was read: the next sync plans all of it anew.
    await pool.query('delete from ingestion.sync_window');
    await pool.query('delete from ingestion.job');
    const before = await versions(pool);
    const syncId = newName('sync');
    const cause = fromCommand('user:bench', new Date());
    const startedAt = performance.now();
    const outcome = await store.append(requestSync({ tenantId, syncId, trigger: 'manual' }, cause));
    if (!outcome.ok) throw new Error(outcome.reason);
    await ended(store, tenantId, streams.sync(syncId));
    const seconds = (performance.now() - startedAt) / 1000;
    const more = (await versions(pool)) - before;
    if (more > 0) throw new Error(`reading the same again stored ${more} versions`);
    return rateOf(last, { orders, seconds });
  }

  return { first, again, adminUrl: () => last?.adminUrl ?? '' };
}

async function startIngestion(at: {
  url: string;
  nats: string;
  origin: string;
  rateScale: number;
}): Promise<SpawnedService> {
  const service = await spawnService({
    script: INGESTION,
    env: {
      ...CLIENT,
      DATABASE_URL: at.url,
      NATS_URL: at.nats,
      SPAPI_ENDPOINT: at.origin,
      LWA_ENDPOINT: `${at.origin}/auth/o2/token`,
      ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64'),
      SPAPI_RATE_SCALE: String(at.rateScale),
      SYNC_SCHEDULE: 'off',
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
    },
  });
  await eventually(() => service.output.includes('"msg":"ready"'), { timeoutMs: 60_000 });
  return service;
}

async function ended(store: EventStore, tenantId: string, streamId: string): Promise<void> {
  for (;;) {
    const end = (await store.readStream(tenantId, streamId)).at(-1);
    if (end?.type === 'sync.completed') return;
    if (end?.type === 'sync.failed') throw new Error(`the sync failed: ${end.data.message}`);
    await sleep(50);
  }
}

async function versions(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int from facts.fact');
  return rows[0]?.count ?? 0;
}

async function rateOf(
  { pool, service }: Running,
  { orders, seconds }: { orders: number; seconds: number },
): Promise<Rate> {
  const facts = await versions(pool);
  const status = await readFile(`/proc/${service.pid}/status`, 'utf8').catch(() => '');
  const peak = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
  const note = `${Math.round(facts / seconds)} facts/s, ${facts} facts in ${seconds.toFixed(1)} s, at most ${Math.round(peak)} MB`;
  return { figure: orders / seconds, note };
}
