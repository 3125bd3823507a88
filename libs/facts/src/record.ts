import type { PoolClient } from 'pg';
import { identifyGiven } from './identity.js';
import type { FactData, FactKind, GivenFact } from './kinds.js';
import { storeSql } from './store-sql.js';

export interface Batch<K extends FactKind> {
  readonly tenantId: string;
  readonly syncId: string;
  readonly kind: K;
  /** How the facts came: a route of a resource. */
  readonly route?: string;
}

export interface RecordFacts<K extends FactKind> extends Batch<K> {
  readonly rows: readonly FactData[K][];
}

export interface Recorded {
  readonly batchId: number;
  /** Facts that the rows amounted to. */
  readonly received: number;
  /** Of these, how many were new or different from what was known. */
  readonly changed: number;
}

/** Bounds the size of a statement's parameter: with Amazon's words a transaction has some four thousand bytes. */
export const ROWS_PER_STATEMENT = 500;

/**
 * Stores rows as facts inside the caller's transaction. A row that says nothing new changes nothing; a different one
 * becomes a new version. What a route cannot give is null and does not overwrite what another route gave.
 */
export function recordFacts<K extends FactKind>(
  tx: PoolClient,
  { rows, ...batch }: RecordFacts<K>,
): Promise<Recorded> {
  return recordGiven(
    tx,
    batch,
    rows.map((data) => ({ data, raw: null })),
  );
}

/** As recordFacts, with what Amazon said in its own words. */
export async function recordGiven<K extends FactKind>(
  tx: PoolClient,
  batch: Batch<K>,
  given: readonly GivenFact<K>[],
): Promise<Recorded> {
  const batchId = await openBatch(tx, batch);
  const facts = identifyGiven(batch.kind, given);
  let changed = 0;
  for (let start = 0; start < facts.length; start += ROWS_PER_STATEMENT) {
    const chunk = JSON.stringify(facts.slice(start, start + ROWS_PER_STATEMENT));
    const values = [batch.tenantId, batch.kind, batchId, batch.route ?? '', chunk];
    const { rowCount } = await tx.query({ name: 'facts-record', text: RECORD, values });
    changed += rowCount ?? 0;
  }
  return { batchId, received: facts.length, changed };
}

/**
 * A batch orders the versions of a tenant; what is known now is every version up to the newest one.
 *
 * Until the transaction ends plans are made without a look at the kind. With it Postgres takes a small index of that kind
 * alone to look up known versions by, and reads all of it for each row when the kind has grown large since its statistics.
 */
export async function openBatch(
  tx: PoolClient,
  { tenantId, syncId, kind }: Batch<FactKind>,
): Promise<number> {
  await tx.query('set local plan_cache_mode = force_generic_plan');
  const { rows } = await tx.query<{ batch: string }>(
    'insert into facts.batch (tenant_id, sync_id, kind) values ($1, $2, $3) returning batch',
    [tenantId, syncId, kind],
  );
  return Number(rows[0]?.batch);
}

const RECORD = storeSql(
  'select key, "group" as group_key, data, raw from jsonb_to_recordset($5::jsonb) as t(key text, "group" text, data jsonb, raw jsonb)',
);
