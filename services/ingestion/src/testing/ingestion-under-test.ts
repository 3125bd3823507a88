import { streams, type ConnectReply, type RecordedEvent } from '@recoup/contracts';
import { cancelSync, isRejection, requestSync, syncState, type SyncState } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { newId, newName, sleep } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { Pool } from 'pg';
import { BRIEF } from '../amazon/patience.js';
import { ingestionSettings } from '../config.js';
import { enqueueSync } from '../jobs/enqueue.js';
import { openIngestion, type Ingestion } from '../open-ingestion.js';
import { recordingLog } from './recording-log.js';
import type { SimulatedAmazon } from './simulated-amazon.js';

/** The service without its process: a real database, a simulated Amazon, and the event delivery done by hand. */
export interface IngestionUnderTest extends AsyncDisposable {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly ingestion: Ingestion;
  /** Everything logged so far, as text. */
  logged(): string;
  connect(sellerId: string, refreshToken: string, tenantId?: string | null): Promise<ConnectReply>;
  /** Connects a seller of the simulation and answers the tenant and the sync that connecting began. */
  connected(sellerId: string): Promise<{ tenantId: string; syncId: string }>;
  request(tenantId: string): Promise<string>;
  cancel(tenantId: string, syncId: string): Promise<void>;
  /** Makes the sync a job, as the consumer of `sync.requested` does. */
  enqueue(tenantId: string, syncId: string): Promise<void>;
  /** Lets workers run until the sync has ended or `until` holds; then stops them. */
  work(tenantId: string, syncId: string, until?: (state: SyncState) => boolean): Promise<SyncState>;
  events(tenantId: string, syncId: string): Promise<readonly RecordedEvent[]>;
  /** A sync as its stream tells it. */
  state(tenantId: string, syncId: string): Promise<SyncState>;
}

export function openIngestionUnderTest(
  databaseUrl: string,
  amazon: SimulatedAmazon,
  /** Further settings, as they would be in the environment. */
  environment: Readonly<Record<string, string>> = {},
): IngestionUnderTest {
  const pool = new Pool({ connectionString: databaseUrl, max: 12 });
  // A database that is dropped under idle connections is no failure of a test.
  pool.on('error', () => undefined);
  const store = openEventStore(pool);
  const { log, logged } = recordingLog();
  const settings = ingestionSettings.parse({
    ...amazon.client,
    SPAPI_ENDPOINT: amazon.origin,
    LWA_ENDPOINT: `${amazon.origin}/auth/o2/token`,
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    SPAPI_RATE_SCALE: amazon.rateScale,
    SYNC_LEASE_SECONDS: 30,
    ...environment,
  });
  const ingestion = openIngestion({ pool, store, clock: amazon.clock, log }, settings, BRIEF);
  const events = (tenantId: string, syncId: string): Promise<readonly RecordedEvent[]> =>
    store.readStream(tenantId, streams.sync(syncId));
  const stateOf = async (tenantId: string, syncId: string): Promise<SyncState> => {
    const state = syncState(await events(tenantId, syncId));
    if (!state) throw new Error(`no sync ${syncId}`);
    return state;
  };
  const cause = () => ({
    actor: 'user:1',
    at: amazon.clock.now(),
    correlationId: newId(),
    causationId: null,
  });

  const connect: IngestionUnderTest['connect'] = (
    sellingPartnerId,
    refreshToken,
    tenantId = null,
  ) =>
    ingestion.connect({
      tenantId,
      sellingPartnerId,
      region: 'na',
      marketplaceIds: null,
      credential: { kind: 'refresh_token', refreshToken },
    });

  return {
    pool,
    store,
    ingestion,
    logged,
    connect,
    events,
    state: stateOf,
    async connected(sellerId) {
      const reply = await connect(sellerId, await amazon.refreshToken(sellerId));
      if (reply.outcome !== 'connected') throw new Error(reply.message);
      const owner = await store.reservationOwner(reply.tenantId, `active-sync:${reply.tenantId}`);
      return { tenantId: reply.tenantId, syncId: owner?.replace(/^sync-/, '') ?? '' };
    },
    async request(tenantId) {
      const syncId = newName('sync');
      const outcome = await store.append(
        requestSync({ tenantId, syncId, trigger: 'manual' }, cause()),
      );
      if (!outcome.ok) throw new Error(outcome.reason);
      return syncId;
    },
    async cancel(tenantId, syncId) {
      for (;;) {
        const state = await stateOf(tenantId, syncId);
        const decision = cancelSync(tenantId, state, { reason: 'asked', cause: cause() });
        if (isRejection(decision)) throw new Error(decision.message);
        const outcome = await store.append(decision);
        if (outcome.ok) return;
      }
    },
    async enqueue(tenantId, syncId) {
      const [requested] = await events(tenantId, syncId);
      if (requested?.type !== 'sync.requested') throw new Error('not requested');
      await inTransaction(pool, (tx) => enqueueSync(tx, requested));
    },
    async work(tenantId, syncId, until = () => false) {
      const stop = new AbortController();
      const workers = ingestion.runWorkers(stop.signal);
      let state = await stateOf(tenantId, syncId);
      while (state.status === 'in_progress' && !until(state)) {
        await sleep(20);
        state = await stateOf(tenantId, syncId);
      }
      stop.abort();
      await workers;
      return stateOf(tenantId, syncId);
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
    },
  };
}
