import { AppError } from '@recoup/kernel';
import type { Pool, PoolClient } from 'pg';
import { identityOf } from './identity.js';
import { kinds, type FactKind, type GivenFact } from './kinds.js';
import { openBatch, ROWS_PER_STATEMENT, type Batch, type Recorded } from './record.js';
import { storeSql } from './store-sql.js';

/** Staged facts are gone, as after a crash of the database, which does not keep them: the window must be read again. */
export class StagedFactsLost extends AppError {
  readonly code = 'STAGED_FACTS_LOST';
}

/** A recording's place in the stage, and how many facts of each kind it put there. */
export interface Stage {
  readonly tenantId: string;
  readonly syncId: string;
  /** Unique: two workers that believe in the same window must not mix what they stage. */
  readonly recording: string;
}

/** Puts a portion of facts aside, in statements of their own: no transaction is open while more is fetched. */
export async function stage<K extends FactKind>(
  db: Pool | PoolClient,
  at: Stage,
  portion: { readonly kind: K; readonly from: number; readonly facts: readonly GivenFact<K>[] },
): Promise<void> {
  const { kind, from, facts } = portion;
  for (let start = 0; start < facts.length; start += ROWS_PER_STATEMENT) {
    const rows = facts.slice(start, start + ROWS_PER_STATEMENT).map(({ data, raw }, place) => ({
      n: from + start + place,
      id: identityOf(kind, data),
      group: kinds[kind].group(data),
      data,
      raw,
    }));
    const values = [at.recording, at.tenantId, at.syncId, kind, JSON.stringify(rows)];
    await db.query({ name: 'facts-stage', text: STAGE, values });
  }
}

/** Staged rows that one statement stores: each stays far below the time that a statement may take, however large the window. */
const PORTION = 5000;

/**
 * Stores what was staged of a kind, inside the caller's transaction; `discardStaged` clears it away. Throws
 * StagedFactsLost when it is not all there.
 */
export async function recordStaged(
  tx: PoolClient,
  batch: Batch<FactKind>,
  { recording, staged }: { readonly recording: string; readonly staged: number },
): Promise<Recorded> {
  const batchId = await openBatch(tx, batch);
  const { twins } = kinds[batch.kind];
  const { there, different, bounds } = await portionsOf(tx, recording, batch.kind);
  if (there !== staged) throw new StagedFactsLost(`${there} of ${staged} staged facts are there`);
  let changed = 0;
  let after = '';
  for (const upTo of bounds) {
    const { rowCount } = await tx.query({
      name: `facts-record-staged-${twins ? 'twins' : 'single'}`,
      text: twins ? RECORD_TWINS : RECORD_SINGLE,
      values: [batch.tenantId, batch.kind, batchId, batch.route ?? '', recording, after, upTo],
    });
    changed += rowCount ?? 0;
    after = upTo;
  }
  return { batchId, received: twins ? there : different, changed };
}

interface Portions {
  readonly there: number;
  /** Different identities among them. */
  readonly different: number;
  /** The last identity of each portion. */
  readonly bounds: readonly string[];
}

async function portionsOf(tx: PoolClient, recording: string, kind: FactKind): Promise<Portions> {
  const values = [recording, kind, PORTION];
  const { rows } = await tx.query<Portions>({
    name: 'facts-staged-portions',
    text: PORTIONS,
    values,
  });
  return rows[0] ?? { there: 0, different: 0, bounds: [] };
}

/** Clears away everything of a recording. */
export async function discardStaged(db: Pool | PoolClient, recording: string): Promise<void> {
  await db.query({
    name: 'facts-discard-staged',
    text: 'delete from facts.staged where recording = $1',
    values: [recording],
  });
}

/** Clears away what other syncs of a tenant staged and did not come to store. */
export async function discardStagedBefore(
  pool: Pool,
  { tenantId, syncId }: { readonly tenantId: string; readonly syncId: string },
): Promise<void> {
  await pool.query('delete from facts.staged where tenant_id = $1 and sync_id <> $2', [
    tenantId,
    syncId,
  ]);
}

const STAGE = `
  insert into facts.staged (recording, tenant_id, sync_id, kind, n, id, group_key, data, raw)
  select $1, $2, $3, $4, n, id, "group", data, raw
  from jsonb_to_recordset($5::jsonb) as t(n int, id text, "group" text, data jsonb, raw jsonb)`;

/** How many there are, and the identities at which portions end: rows of the same one are never in two of them. */
const PORTIONS = `
  select count(*)::int as there, (count(*) filter (where id is distinct from before))::int as different,
    coalesce(array_agg(distinct id order by id) filter (where nth % $3 = 0 or nth = whole), '{}') as bounds
  from (select id, lag(id) over by_id as before, row_number() over by_id as nth, count(*) over () as whole
    from facts.staged where recording = $1 and kind = $2 window by_id as (order by id)) numbered`;

const OF_PORTION = 'recording = $5 and kind = $2 and id > $6 and id <= $7';

const RECORD_TWINS = storeSql(`
  select id || case when ordinal > 1 then '.' || (ordinal - 1) else '' end as key, group_key, data, raw
  from (select *, row_number() over (partition by id order by n) as ordinal
    from facts.staged where ${OF_PORTION}) numbered`);

const RECORD_SINGLE = storeSql(`
  select distinct on (id) id as key, group_key, data, raw
  from facts.staged where ${OF_PORTION} order by id, n desc`);
