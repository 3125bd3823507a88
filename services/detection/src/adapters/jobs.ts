import { coverageSchema, syncResourceSchema } from '@recoup/contracts';
import { run } from '@recoup/service-kit';
import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import type { LatestFacts } from '../job-of-event.js';
import type { DetectionJob, LeasedJob } from '../job.js';
import { statements } from './tables.js';

/** The queue of detections. Every write of a worker carries its fence: after a lost lease it changes nothing. */
export interface Jobs {
  /** Takes the next job whose turn it is, for the length of a lease; null when there is none. */
  lease(owner: string): Promise<LeasedJob | null>;
  /** Keeps the job for another lease; false when another worker has it by now. */
  renew(job: LeasedJob): Promise<boolean>;
  /** Ends the job. */
  finish(job: LeasedJob, state: 'done' | 'failed'): Promise<void>;
  /** Gives the job back, to be tried again after a while. `counts` says whether this was one of its attempts. */
  giveBack(job: LeasedJob, why: { error: string; afterMs: number; counts: boolean }): Promise<void>;
}

/** Writes a job in the transaction of the event that asked for it. The same detection twice is one job. */
export async function recordJob(tx: PoolClient, job: DetectionJob): Promise<void> {
  await tx.query(
    `insert into detection.job
       (detection_id, tenant_id, sync_id, trigger, facts_as_of, as_of, coverage, cause)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (detection_id) do nothing`,
    [
      job.detectionId,
      job.tenantId,
      job.syncId,
      job.trigger,
      job.factsAsOf,
      job.asOf,
      JSON.stringify(job.coverage),
      JSON.stringify(job.cause),
    ],
  );
}

/**
 * Forgets the detections of a tenant and the claims and risks they met, in the transaction of the event that asked for it. Whoever
 * works on one of them finds its job gone, and writes nothing more.
 */
export async function forgetTenant(tx: PoolClient, tenantId: string): Promise<void> {
  await tx.query('delete from detection.job where tenant_id = $1', [tenantId]);
  await tx.query('delete from detection.known_claim where tenant_id = $1', [tenantId]);
  await tx.query('delete from detection.known_risk where tenant_id = $1', [tenantId]);
  await tx.query('delete from detection.unit_cost where tenant_id = $1', [tenantId]);
  await tx.query('delete from detection.assertion where tenant_id = $1', [tenantId]);
}

/** What the latest sync of a tenant brought; null before the first. */
export async function latestFacts(tx: PoolClient, tenantId: string): Promise<LatestFacts | null> {
  const { rows } = await tx.query<{ facts_as_of: string; coverage: unknown }>(
    `select facts_as_of, coverage from detection.job
     where tenant_id = $1 and trigger = 'sync' order by seq desc limit 1`,
    [tenantId],
  );
  const [row] = rows;
  if (!row) return null;
  return { factsAsOf: Number(row.facts_as_of), coverage: syncCoverage.parse(row.coverage) };
}

/**
 * Whether a detection of the tenant waits that nobody has begun. It stays unbegun until the transaction ends: what is
 * written in it is there when the detection reads.
 */
export async function waitsUnbegun(tx: PoolClient, tenantId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from detection.job
     where tenant_id = $1 and state = 'waiting' and attempts = 0 and fence = 0
     order by seq limit 1 for update skip locked`,
    [tenantId],
  );
  return rowCount === 1;
}

export function openJobs(pool: Pool, leaseMs: number): Jobs {
  const leaseEnd = sql<Date>`now() + ${leaseMs} * interval '1 millisecond'`;
  const held = ({ detectionId, fence }: LeasedJob) =>
    statements
      .updateTable('detection.job')
      .where('detection_id', '=', detectionId)
      .where('fence', '=', String(fence))
      .where('state', '=', 'waiting');

  return {
    async lease(owner) {
      const { rows } = await pool.query<object>(LEASE, [owner, leaseMs]);
      return rows[0] === undefined ? null : leasedJob(rows[0]);
    },
    async renew(job) {
      const renewed = held(job).set({ lease_until: leaseEnd }).returning('detection_id');
      return (await run(pool, renewed)).length === 1;
    },
    async finish(job, state) {
      await run(pool, held(job).set({ state, lease_owner: null, lease_until: null }));
    },
    async giveBack(job, { error, afterMs, counts }) {
      await run(
        pool,
        held(job).set({
          lease_owner: null,
          lease_until: null,
          last_error: error,
          next_try_at: sql<Date>`now() + ${afterMs} * interval '1 millisecond'`,
          attempts: counts ? job.attempts : job.attempts - 1,
        }),
      );
    },
  };
}

const LEASE = `
  update detection.job set fence = fence + 1, attempts = attempts + 1, lease_owner = $1,
    lease_until = now() + $2 * interval '1 millisecond'
  where detection_id = (
    select j.detection_id from detection.job j
    where j.state = 'waiting' and j.next_try_at <= now()
      and (j.lease_until is null or j.lease_until < now())
      and not exists (select from detection.job earlier where earlier.tenant_id = j.tenant_id
                      and earlier.state = 'waiting' and earlier.seq < j.seq)
    order by j.seq limit 1 for update skip locked)
  returning *`;

const syncCoverage = z.partialRecord(syncResourceSchema, coverageSchema);

const jobRowSchema = z
  .object({
    detection_id: z.string(),
    tenant_id: z.string(),
    sync_id: z.string().nullable(),
    trigger: z.enum(['sync', 'manual', 'reprocess']),
    facts_as_of: z.coerce.number(),
    as_of: z.date(),
    coverage: syncCoverage,
    cause: z.object({
      eventId: z.string(),
      position: z.number(),
      correlationId: z.string(),
      traceparent: z.string().nullable(),
    }),
    since: z.string().nullable(),
    fence: z.coerce.number(),
    attempts: z.number(),
  })
  .transform((row): LeasedJob => ({
    detectionId: row.detection_id,
    tenantId: row.tenant_id,
    syncId: row.sync_id,
    trigger: row.trigger,
    factsAsOf: row.facts_as_of,
    asOf: row.as_of,
    coverage: row.coverage,
    cause: row.cause,
    since: row.since,
    fence: row.fence,
    attempts: row.attempts,
  }));

function leasedJob(row: unknown): LeasedJob {
  return jobRowSchema.parse(row);
}
