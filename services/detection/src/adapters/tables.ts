import { typedStatements } from '@recoup/service-kit';
import type { Generated, JSONColumnType } from 'kysely';
import type { SyncCoverage } from '../domain/coverage.js';
import type { DetectionJob, JobCause } from '../job.js';

/** The tables of the schema `detection`, as its migrations make them. */
interface DetectionTables {
  readonly 'detection.job': JobTable;
  readonly 'detection.known_claim': KnownClaimTable;
}

export interface JobTable {
  detection_id: string;
  seq: Generated<string>;
  tenant_id: string;
  sync_id: string | null;
  trigger: DetectionJob['trigger'];
  facts_as_of: number;
  as_of: Date;
  coverage: JSONColumnType<SyncCoverage>;
  cause: JSONColumnType<JobCause>;
  state: Generated<'waiting' | 'done' | 'failed'>;
  attempts: Generated<number>;
  next_try_at: Generated<Date>;
  fence: Generated<string>;
  lease_owner: string | null;
  lease_until: Date | null;
  last_error: string | null;
  created_at: Generated<Date>;
  since: string | null;
}

export interface KnownClaimTable {
  tenant_id: string;
  claim_id: string;
  subtype: string;
  fnsku: string;
  state: 'open' | 'ended';
  seen_by: string;
  ended_by: string | null;
}

export const statements = typedStatements<DetectionTables>();
