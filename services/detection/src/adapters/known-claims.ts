import { claimSubtypeSchema, type ClaimSubtype } from '@recoup/contracts';
import { run } from '@recoup/service-kit';
import type { Pool } from 'pg';
import type { LeasedJob } from '../job.js';
import { LeaseLost } from '../lease.js';
import { statements } from './tables.js';

export interface KnownClaim {
  readonly claimId: string;
  readonly subtype: ClaimSubtype;
  readonly fnsku: string;
}

export interface MetClaim extends KnownClaim {
  readonly state: 'open' | 'ended';
  /** False for a claim that ends because this detection met no trace of it. */
  readonly seen: boolean;
}

/** Which claims detections have made: what tells that one is no longer supported by any fact. */
export interface KnownClaims {
  /** Which of these claims some detection has seen before. */
  among(tenantId: string, claimIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Notes what this detection met. Throws LeaseLost when the job is another worker's by now. */
  note(job: LeasedJob, met: readonly MetClaim[]): Promise<void>;
  /** A page of claims, by id, that are open and that this detection has not met; its own endings are told again. */
  unseen(job: LeasedJob, after: string): Promise<readonly KnownClaim[]>;
}

/** Claims read per round trip. */
const PAGE = 200;

export function openKnownClaims(pool: Pool): KnownClaims {
  return {
    async among(tenantId, claimIds) {
      if (claimIds.length === 0) return new Set();
      const rows = await run(
        pool,
        statements
          .selectFrom('detection.known_claim')
          .select('claim_id')
          .where('tenant_id', '=', tenantId)
          .where('claim_id', 'in', claimIds),
      );
      return new Set(rows.map((row) => row.claim_id));
    },
    async note(job, met) {
      if (met.length === 0) return;
      const { rowCount } = await pool.query(NOTE, [
        job.detectionId,
        job.fence,
        JSON.stringify(met),
        job.tenantId,
      ]);
      if (rowCount !== met.length) throw new LeaseLost(`${job.detectionId} has another worker`);
    },
    async unseen({ tenantId, detectionId }, after) {
      const rows = await run(
        pool,
        statements
          .selectFrom('detection.known_claim')
          .select(['claim_id', 'subtype', 'fnsku'])
          .where('tenant_id', '=', tenantId)
          .where('claim_id', '>', after)
          .where((row) =>
            row.or([
              row.and([row('state', '=', 'open'), row('seen_by', '<>', detectionId)]),
              row.and([
                row('state', '=', 'ended'),
                row('ended_by', '=', detectionId),
                row('seen_by', '<>', detectionId),
              ]),
            ]),
          )
          .orderBy('claim_id')
          .limit(PAGE),
      );
      return rows.map(({ claim_id, subtype, fnsku }) => ({
        claimId: claim_id,
        subtype: claimSubtypeSchema.parse(subtype),
        fnsku,
      }));
    },
  };
}

// The job's row is held while its claims are written: a worker that takes the job over waits until they are.
const NOTE = `
  with holder as (
    select from detection.job where detection_id = $1 and fence = $2 and state = 'waiting' for share
  )
  insert into detection.known_claim as known (tenant_id, claim_id, subtype, fnsku, state, seen_by, ended_by)
  select $4, met."claimId", met.subtype, met.fnsku, met.state,
    case when met.seen then $1 else coalesce(before.seen_by, '') end, case met.state when 'ended' then $1 end
  from jsonb_to_recordset($3::jsonb) as met("claimId" text, subtype text, fnsku text, state text, seen boolean)
  left join detection.known_claim before on before.tenant_id = $4 and before.claim_id = met."claimId"
  where exists (select from holder)
  on conflict (tenant_id, claim_id) do update
    set state = excluded.state, seen_by = excluded.seen_by, ended_by = excluded.ended_by`;
