import { reservations, streams, type RecordedEvent, type SellerSettings } from '@recoup/contracts';
import {
  cancelSync,
  connectAmazon,
  DAILY,
  eventOf,
  fromCommand,
  isRejection,
  syncState,
  type Cause,
  type Rejection,
} from '@recoup/domain';
import { openEventStore, type AppendRequest, type EventStore } from '@recoup/event-store';
import { createDatabase, testClock, type TestClock } from '@recoup/testkit';
import { Pool } from 'pg';
import { dueSellers } from '../schedule/due-sellers.js';
import { hearSettings } from '../schedule/hear-settings.js';
import { startDueSyncs, type ScheduleDeps } from '../schedule/start-due-syncs.js';
import { recordingLog } from './recording-log.js';

export interface ScheduleStage extends AsyncDisposable {
  readonly clock: TestClock;
  readonly instances: readonly ScheduleDeps[];
  readonly pool: Pool;
  readonly store: EventStore;
  cause(): Cause;
  append(request: AppendRequest | Rejection): Promise<void>;
  /** Both instances look at once. */
  look(): Promise<void>;
  /** A seller who has just connected; answers the tenant. */
  connect(): Promise<string>;
  /** The seller chooses; what was written is in the log, and not yet heard of. */
  choose(tenantId: string, schedule: SellerSettings['schedule']): Promise<RecordedEvent>;
  hear(event: RecordedEvent): Promise<void>;
  /** What began syncs of a tenant, the oldest first. */
  requests(tenantId: string): Promise<RecordedEvent[]>;
  endRunning(tenantId: string): Promise<void>;
  /** When the next one is noted to be due; null: to be found out; undefined: never. */
  nextDue(tenantId: string): Promise<Date | null | undefined>;
}

/** Two instances that keep the schedule on one database and one clock, and sellers to keep it for. */
export async function openScheduleStage(now: string): Promise<ScheduleStage> {
  const database = await createDatabase();
  const clock = testClock(now);
  const { log } = recordingLog();
  const instances: ScheduleDeps[] = [1, 2].map(() => {
    const pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow'), max: 4 });
    pool.on('error', () => undefined);
    return { pool, store: openEventStore(pool), clock, log, schedule: DAILY };
  });
  const { pool, store } = instances[0]!;
  const cause = () => fromCommand('service:test', clock.now());
  let sellers = 0;

  async function append(request: AppendRequest | Rejection): Promise<void> {
    if (isRejection(request)) throw new Error(request.message);
    const outcome = await store.append(request);
    if (!outcome.ok) throw new Error(outcome.reason);
  }

  return {
    ...{ clock, instances, pool, store, cause, append },
    look: async () => {
      await Promise.all(instances.map(startDueSyncs));
    },
    async connect(): Promise<string> {
      sellers += 1;
      const [tenantId, sellingPartnerId] = [`tenant-${sellers}`, `A${sellers}`];
      const data = {
        sellingPartnerId,
        region: 'na' as const,
        marketplaces: [{ id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' }],
      };
      await append(connectAmazon(tenantId, null, { data, cause: cause() }));
      await pool.query(
        `insert into ingestion.seller_account
           (tenant_id, selling_partner_id, region, marketplaces, refresh_token, log_version)
         values ($1, $2, 'na', '[]', 'sealed', 0)`,
        [tenantId, sellingPartnerId],
      );
      return tenantId;
    },
    async choose(tenantId: string, schedule: SellerSettings['schedule']): Promise<RecordedEvent> {
      const streamId = streams.settings(tenantId);
      const data = { learnFromOutcomes: false, schedule, changed: ['schedule' as const] };
      const events = [eventOf('claim.settings_changed', data, { cause: cause() })];
      await append({ tenantId, streamId, expected: 'any', events });
      return (await store.readStream(tenantId, streamId)).at(-1)!;
    },
    async hear(event: RecordedEvent): Promise<void> {
      if (event.type !== 'claim.settings_changed') throw new Error(event.type);
      const client = await pool.connect();
      await hearSettings(client, event).finally(() => client.release());
    },
    async requests(tenantId: string): Promise<RecordedEvent[]> {
      const { rows } = await pool.query<{ stream_id: string }>(
        `select stream_id from log.event where tenant_id = $1 and type = 'sync.requested' order by position`,
        [tenantId],
      );
      const streamsOf = rows.map((row) => store.readStream(tenantId, row.stream_id));
      return (await Promise.all(streamsOf)).map(([first]) => first!);
    },
    async endRunning(tenantId: string): Promise<void> {
      const owner = await store.reservationOwner(tenantId, reservations.activeSync(tenantId));
      const state = syncState(await store.readStream(tenantId, owner!))!;
      await append(cancelSync(tenantId, state, { reason: 'test', cause: cause() }));
    },
    async nextDue(tenantId: string): Promise<Date | null | undefined> {
      const far = new Date('2100-01-01');
      return (await dueSellers(pool, far, 100)).find((seller) => seller.tenantId === tenantId)
        ?.dueAt;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all(instances.map((instance) => instance.pool.end()));
      await database.drop();
    },
  };
}
