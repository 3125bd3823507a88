import { coverageSchema, syncResourceSchema } from '@recoup/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { DetectionJob, LeasedJob } from '../job.js';
import { openJobs, type Jobs } from './jobs.js';

/** The queue as a reprocessing uses it. */
export interface ReprocessJobs extends Pick<Jobs, 'renew' | 'finish' | 'giveBack'> {
  /**
   * Queues a job and takes it at once, so that no worker does. Should its holder die, a worker of the service ends it.
   */
  take(job: DetectionJob, owner: string): Promise<LeasedJob>;
  /** Whether every earlier detection of the tenant has ended. */
  isTurn(job: DetectionJob): Promise<boolean>;
}

export function openReprocessJobs(pool: Pool, leaseMs: number): ReprocessJobs {
  return {
    ...openJobs(pool, leaseMs),
    take: (job, owner) => takeNewJob(pool, job, { owner, leaseMs }),
    isTurn: (job) => isTurn(pool, job),
  };
}

/** What the latest sync of a seller brought, and what asked for the detection of it. */
export type Basis = Pick<DetectionJob, 'tenantId' | 'factsAsOf' | 'coverage' | 'cause'>;

const basisSchema = z
  .object({
    tenant_id: z.string(),
    facts_as_of: z.coerce.number(),
    coverage: z.partialRecord(syncResourceSchema, coverageSchema),
    cause: z.object({
      eventId: z.string(),
      position: z.number(),
      correlationId: z.string(),
      traceparent: z.string().nullable(),
    }),
  })
  .transform(({ tenant_id: tenantId, facts_as_of: factsAsOf, coverage, cause }): Basis => ({
    ...{ tenantId, factsAsOf, coverage, cause },
  }));

/** Sellers that were synced, by tenant, after `after`: of `only` if it is given. */
export async function sellersToReprocess(
  pool: Pool,
  { only, after }: { readonly only: string | null; readonly after: string },
): Promise<readonly Basis[]> {
  const { rows } = await pool.query(
    `select distinct on (tenant_id collate "C") tenant_id, facts_as_of, coverage, cause from detection.job
     where trigger = 'sync' and tenant_id collate "C" > $1 and ($2::text is null or tenant_id = $2)
     order by tenant_id collate "C", seq desc`,
    [after, only],
  );
  return rows.map((row) => basisSchema.parse(row));
}

async function takeNewJob(
  pool: Pool,
  job: DetectionJob,
  { owner, leaseMs }: { readonly owner: string; readonly leaseMs: number },
): Promise<LeasedJob> {
  await pool.query(
    `insert into detection.job
       (detection_id, tenant_id, sync_id, trigger, facts_as_of, as_of, coverage, cause, since,
        fence, attempts, lease_owner, lease_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 1, $10, now() + $11 * interval '1 millisecond')`,
    [
      ...[job.detectionId, job.tenantId, job.syncId, job.trigger, job.factsAsOf, job.asOf],
      ...[JSON.stringify(job.coverage), JSON.stringify(job.cause), job.since ?? null],
      ...[owner, leaseMs],
    ],
  );
  return { ...job, fence: 1, attempts: 1 };
}

async function isTurn(pool: Pool, { detectionId, tenantId }: DetectionJob): Promise<boolean> {
  const { rows } = await pool.query<{ free: boolean }>(
    `select not exists (
       select from detection.job earlier join detection.job mine on mine.detection_id = $2
       where earlier.tenant_id = $1 and earlier.state = 'waiting' and earlier.seq < mine.seq) as free`,
    [tenantId, detectionId],
  );
  return rows[0]?.free ?? false;
}
