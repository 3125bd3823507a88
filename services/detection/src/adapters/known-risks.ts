import { riskKindSchema, type RiskKind } from '@recoup/contracts';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { LeasedJob } from '../job.js';
import { LeaseLost } from '../lease.js';

export interface KnownRisk {
  readonly riskId: string;
  readonly kind: RiskKind;
}

export interface MetRisk extends KnownRisk {
  /** `cleared` where this detection met no trace of it. */
  readonly state: 'open' | 'cleared';
}

/** Which risks detections have noted: what tells that one is shown by no fact any more. */
export interface KnownRisks {
  /** Notes what this detection met. Throws LeaseLost when the job is another worker's by now. */
  note(job: LeasedJob, met: readonly MetRisk[]): Promise<void>;
  /** A page of risks, by id, that are open and that this detection has not met; those it cleared are told again. */
  unseen(job: LeasedJob, after: string): Promise<readonly KnownRisk[]>;
}

/** Risks read per round trip. */
const PAGE = 200;

const knownSchema = z.array(z.object({ riskId: z.string(), kind: riskKindSchema }));

export function openKnownRisks(pool: Pool): KnownRisks {
  return {
    async note({ detectionId, fence, tenantId }, met) {
      if (met.length === 0) return;
      const values = [detectionId, fence, JSON.stringify(met), tenantId];
      const { rowCount } = await pool.query(NOTE, values);
      if (rowCount !== met.length) throw new LeaseLost(`${detectionId} has another worker`);
    },
    async unseen({ tenantId, detectionId }, after) {
      const { rows } = await pool.query(UNSEEN, [tenantId, after, detectionId, PAGE]);
      return knownSchema.parse(rows);
    },
  };
}

// The job's row is held while its risks are written: a worker that takes the job over waits until they are.
const NOTE = `
  with holder as (
    select from detection.job where detection_id = $1 and fence = $2 and state = 'waiting' for share
  )
  insert into detection.known_risk as known (tenant_id, risk_id, kind, state, seen_by, ended_by)
  select $4, met."riskId", met.kind, met.state,
    case met.state when 'open' then $1 else coalesce(before.seen_by, '') end,
    case met.state when 'cleared' then $1 end
  from jsonb_to_recordset($3::jsonb) as met("riskId" text, kind text, state text)
  left join detection.known_risk before on before.tenant_id = $4 and before.risk_id = met."riskId"
  where exists (select from holder)
  on conflict (tenant_id, risk_id) do update
    set state = excluded.state, seen_by = excluded.seen_by, ended_by = excluded.ended_by`;

const UNSEEN = `
  select risk_id as "riskId", kind from detection.known_risk
  where tenant_id = $1 and risk_id > $2 and seen_by <> $3 and (state = 'open' or ended_by = $3)
  order by risk_id limit $4`;
