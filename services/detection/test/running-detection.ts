import { fileURLToPath } from 'node:url';
import { streams, type EventData, type RecordedEvent } from '@recoup/contracts';
import { eventOf, fromCommand, requestSync } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { latestBatch, recordFacts } from '@recoup/facts';
import { addDays, derivedName, newName } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import {
  eventually,
  spawnService,
  type NatsServer,
  type SpawnedService,
  type TestDatabase,
} from '@recoup/testkit';
import pg from 'pg';
import { ledgerRow } from './story.js';

const SCRIPT = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A loss that can be claimed today: what people say is judged as of the moment at which they say it. */
const DAY = addDays(new Date().toISOString().slice(0, 10), -20);
/** A busy machine needs long to start a service. */
const LONG = { timeoutMs: 200_000 };

/** The detection service as processes of their own, on servers of their own. */
export interface RunningDetection extends AsyncDisposable {
  readonly store: EventStore;
  /** The database as the service knows it. */
  readonly url: string;
  /** Starts one more process. */
  start(more?: Readonly<Record<string, string>>): Promise<SpawnedService>;
  /** A seller whose sync has just stored that many losses, one product each; answers the id of the sync. */
  syncOf(tenantId: string, losses: number): Promise<string>;
  /** The events of a sync's detection, once it has ended. */
  ended(tenantId: string, syncId: string): Promise<readonly RecordedEvent[]>;
  /** Waits until the detection that followed from what the seller said has ended. */
  endedAfter(tenantId: string, eventId: string): Promise<void>;
  /** The events of each claim, in the order of the claims' ids. */
  claimStreams(tenantId: string): Promise<readonly (readonly RecordedEvent[])[]>;
}

export async function openRunningDetection(
  database: TestDatabase,
  nats: NatsServer,
): Promise<RunningDetection> {
  const url = database.urlOf('recoup_detection_follow');
  const ingestion = new pg.Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
  const store = openEventStore(ingestion);
  const services: SpawnedService[] = [];
  const ended = (tenantId: string, detectionId: string) =>
    eventually(async () => {
      const events = await store.readStream(tenantId, streams.detection(detectionId));
      return events.length === 2 && events;
    }, LONG);
  return {
    ...{ store, url },
    async start(more = {}) {
      const env = { DATABASE_URL: url, NATS_URL: nats.url, DETECTION_LEASE_SECONDS: '1', ...more };
      const service = await spawnService({ script: SCRIPT, env });
      services.push(service);
      return service;
    },
    syncOf: (tenantId, losses) => syncOf({ ingestion, store }, tenantId, losses),
    ended: (tenantId, syncId) => ended(tenantId, derivedName('detection', syncId)),
    async endedAfter(tenantId, eventId) {
      await ended(tenantId, derivedName('detection', eventId));
    },
    async claimStreams(tenantId) {
      const { rows } = await ingestion.query<{ stream_id: string }>(
        `select distinct stream_id from log.event
         where tenant_id = $1 and stream_id like 'claim-%' order by stream_id`,
        [tenantId],
      );
      const ids = rows.map((row) => row.stream_id);
      const all = await store.readStreams(tenantId, ids);
      return ids.map((id) => all.get(id) ?? []);
    },
    async [Symbol.asyncDispose]() {
      for (const service of services) await service.stop();
      await ingestion.end();
      await nats[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

async function syncOf(
  { ingestion, store }: { readonly ingestion: pg.Pool; readonly store: EventStore },
  tenantId: string,
  losses: number,
): Promise<string> {
  const rows = Array.from({ length: losses }, (_, n) => {
    const loss = { day: DAY, reason: 'M', quantity: -2, open: 2, reference: `adj-${n}` } as const;
    return { ...ledgerRow(loss).data, fnsku: `X${String(n).padStart(6, '0')}` };
  });
  await inTransaction(ingestion, (tx) =>
    recordFacts(tx, { tenantId, syncId: 's', kind: 'ledger', rows }),
  );
  const syncId = newName('sync');
  const cause = fromCommand('service:ingestion', new Date());
  await store.append(requestSync({ tenantId, syncId, trigger: 'manual' }, cause));
  const whole = { state: 'complete', from: DAY, to: DAY } as const;
  const data: EventData<'sync.completed'> = {
    syncId,
    factsAsOf: await latestBatch(ingestion, tenantId),
    counts: {},
    coverage: { ledger: whole, reimbursements: whole },
  };
  const event = eventOf('sync.completed', data, { cause, once: [syncId] });
  await store.append({ tenantId, streamId: streams.sync(syncId), expected: 1, events: [event] });
  return syncId;
}
