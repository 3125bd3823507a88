import type {
  Coverage,
  EventData,
  LedgerFact,
  RecordedEvent,
  ReimbursementFact,
} from '@recoup/contracts';
import { streams } from '@recoup/contracts';
import { openEventStore } from '@recoup/event-store';
import {
  latestBatch,
  recordFacts,
  type FactData,
  type FactKind,
  type Recorded,
} from '@recoup/facts';
import { newName } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { createDatabase } from '@recoup/testkit';
import pg from 'pg';
import { pino } from 'pino';
import { openJobs, recordJob, type Jobs } from '../src/adapters/jobs.js';
import { detect } from '../src/detect.js';
import type { DetectionDeps } from '../src/detection-stream.js';
import type { DetectionJob, LeasedJob } from '../src/job.js';
import type { Lease } from '../src/lease.js';
import { openDeps } from '../src/open-deps.js';
import { ledgerRow, type Row } from './story.js';

export const LOSS = '2026-09-01';
export const whole: Coverage = { state: 'complete', from: '2025-11-01', to: '2026-10-31' };
/** The lease of a worker that nothing stops. */
export const forever: Lease = { check: () => undefined };

type Completed = EventData<'claim.detection_completed'>;

/** A seller with a history of syncs. */
export interface Seller {
  readonly tenantId: string;
  ledger(...rows: LedgerFact[]): Promise<Recorded>;
  payments(...rows: ReimbursementFact[]): Promise<Recorded>;
  /** What one sync stored of some kind. */
  record<K extends FactKind>(kind: K, rows: readonly FactData[K][]): Promise<Recorded>;
  /** A detection over all facts that are known now, judged at noon Pacific time of a day. */
  job(today: string, more?: Partial<DetectionJob>): Promise<DetectionJob>;
}

export interface ClaimEvent {
  readonly type: string;
  readonly data: unknown;
}

/** The detection service's parts on a database of their own. */
export interface DetectionWorld extends AsyncDisposable {
  readonly pool: pg.Pool;
  readonly deps: DetectionDeps;
  seller(): Seller;
  jobs(leaseMs?: number): Jobs;
  queue(job: DetectionJob): Promise<void>;
  /** Queues a job and takes it: the only one that waits, as every test works its own off. */
  leased(job: DetectionJob, leaseMs?: number): Promise<LeasedJob>;
  /** Runs a detection from start to end. */
  detection(job: DetectionJob): Promise<Completed>;
  /** What a detection said at its end; throws when it said anything but a start and that. */
  completed(job: DetectionJob): Promise<Completed>;
  /** The events of every claim of a tenant. */
  claimsOf(tenantId: string): Promise<ReadonlyMap<string, readonly ClaimEvent[]>>;
  /** Their types only. */
  typesOf(tenantId: string): Promise<string[][]>;
}

export async function detectionWorld(): Promise<DetectionWorld> {
  const database = await createDatabase();
  const pool = new pg.Pool({ connectionString: database.urlOf('recoup_detection_follow') });
  const ingestion = new pg.Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
  const store = openEventStore(pool);
  const deps = openDeps({
    ...{ store, pool, log: pino({ level: 'silent' }) },
    clock: { now: () => new Date('2026-09-20T20:00:00Z') },
  });
  const world: DetectionWorld = {
    pool,
    deps,
    seller: () => sellerOf(ingestion),
    jobs: (leaseMs = 60_000) => openJobs(pool, leaseMs),
    queue: (job) => inTransaction(pool, (tx) => recordJob(tx, job)),
    async leased(job, leaseMs) {
      await world.queue(job);
      const mine = await world.jobs(leaseMs).lease('test');
      if (mine?.detectionId !== job.detectionId) throw new Error('another job was waiting');
      return mine;
    },
    async detection(job) {
      const mine = await world.leased(job);
      await detect(deps, mine, forever);
      await world.jobs().finish(mine, 'done');
      return world.completed(job);
    },
    async completed({ tenantId, detectionId }) {
      const events = await store.readStream(tenantId, streams.detection(detectionId));
      const told = events.map((event) => event.type).join();
      if (told !== 'claim.detection_started,claim.detection_completed') throw new Error(told);
      return (events[1] as RecordedEvent & { type: 'claim.detection_completed' }).data;
    },
    claimsOf: (tenantId) => claimsOf(pool, tenantId),
    async typesOf(tenantId) {
      const claims = await claimsOf(pool, tenantId);
      return [...claims.values()].map((events) => events.map((event) => event.type));
    },
    async [Symbol.asyncDispose]() {
      await pool.end();
      await ingestion.end();
      await database[Symbol.asyncDispose]();
    },
  };
  return world;
}

function sellerOf(ingestion: pg.Pool): Seller {
  const tenantId = newName('tenant');
  const record = <K extends FactKind>(kind: K, rows: readonly FactData[K][]): Promise<Recorded> =>
    inTransaction(ingestion, (tx) => recordFacts(tx, { tenantId, syncId: 's', kind, rows }));
  return {
    tenantId,
    ledger: (...rows) => record('ledger', rows),
    payments: (...rows) => record('reimbursement', rows),
    record,
    async job(today, more) {
      const event = { eventId: crypto.randomUUID(), position: Number.MAX_SAFE_INTEGER };
      return {
        detectionId: newName('detection'),
        tenantId,
        syncId: newName('sync'),
        trigger: 'sync',
        factsAsOf: await latestBatch(ingestion, tenantId),
        asOf: new Date(`${today}T20:00:00Z`),
        coverage: { ledger: whole, reimbursements: whole },
        cause: { ...event, correlationId: 'c', traceparent: null },
        ...more,
      };
    },
  };
}

async function claimsOf(pool: pg.Pool, tenantId: string): Promise<Map<string, ClaimEvent[]>> {
  const { rows } = await pool.query<ClaimEvent & { stream_id: string }>(
    `select stream_id, type, data from log.event where tenant_id = $1 and stream_id like 'claim-%'
     order by stream_id, stream_version`,
    [tenantId],
  );
  const claims = new Map<string, ClaimEvent[]>();
  for (const { stream_id, ...event } of rows) {
    claims.set(stream_id, [...(claims.get(stream_id) ?? []), event]);
  }
  return claims;
}

/** Four units misplaced, all of them open by Amazon's own word. */
export const lost = (more: Partial<Row> = {}): LedgerFact =>
  ledgerRow({ day: LOSS, reason: 'M', quantity: -4, open: 4, reference: newName('adj'), ...more })
    .data;

export const found = (quantity: number): LedgerFact =>
  ledgerRow({ day: '2026-09-25', reason: 'F', quantity }).data;
