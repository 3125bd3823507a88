import type { Marketplace } from '@recoup/contracts';
import { run, typedStatements } from '@recoup/service-kit';
import type { Generated, JSONColumnType } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { StoredPlan } from './plan/stored-plan.js';

interface SellerAccountTable {
  tenant_id: string;
  selling_partner_id: string;
  region: 'na' | 'eu' | 'fe';
  marketplaces: JSONColumnType<readonly Marketplace[]>;
  refresh_token: string;
  consent_valid: Generated<boolean>;
  connected_at: Generated<Date>;
  log_version: number;
  sync_schedule: string | null;
  next_sync_at: Generated<Date>;
  own_schedule: Generated<boolean>;
  settings_position: Generated<number>;
}

interface JobTable {
  sync_id: string;
  tenant_id: string;
  position: number;
  correlation_id: string;
  causation_id: string;
  traceparent: string | null;
  requested_at: Date;
  state: Generated<'open' | 'ended'>;
  plan: JSONColumnType<StoredPlan> | null;
  owner: string | null;
  leased_until: Generated<Date>;
  fence: Generated<number>;
  stalls: Generated<number>;
  not_before: Generated<Date>;
  ended_at: Date | null;
  buyers_refused: Generated<boolean>;
}

interface SyncWindowTable {
  sync_id: string;
  nth: number;
  tenant_id: string;
  resource: string;
  route: string;
  basis: string;
  scope: string;
  from_at: Date;
  to_at: Date;
  calls: number;
  expected: number | null;
  reopened: Generated<boolean>;
  state: Generated<'open' | 'closed'>;
  report_id: string | null;
  report_asks: Generated<number>;
  received: Generated<number>;
  changed: Generated<number>;
  closed_at: Date | null;
}

interface IngestionTables {
  'ingestion.seller_account': SellerAccountTable;
  'ingestion.job': JobTable;
  'ingestion.sync_window': SyncWindowTable;
}

export const statements = typedStatements<IngestionTables>();

export { run };
export type Database = Pool | PoolClient;
