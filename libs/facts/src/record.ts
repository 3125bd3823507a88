import type { PoolClient } from 'pg';
import { identify } from './identity.js';
import type { FactData, FactKind } from './kinds.js';

export interface RecordFacts<K extends FactKind> {
  readonly tenantId: string;
  readonly syncId: string;
  readonly kind: K;
  readonly rows: readonly FactData[K][];
}

export interface Recorded {
  readonly batchId: number;
  /** Facts that the rows amounted to. */
  readonly received: number;
  /** Of these, how many were new or different from what was known. */
  readonly changed: number;
}

/** Rows sent in one statement; bounds the size of its parameter. */
const CHUNK = 5000;

/**
 * Stores rows as facts inside the caller's transaction. A row that says nothing new changes nothing; a different one
 * becomes a new version. What a route cannot give is null and does not overwrite what another route gave.
 */
export async function recordFacts<K extends FactKind>(
  tx: PoolClient,
  { tenantId, syncId, kind, rows }: RecordFacts<K>,
): Promise<Recorded> {
  const { rows: batches } = await tx.query<{ batch: string }>(
    'insert into facts.batch (tenant_id, sync_id, kind) values ($1, $2, $3) returning batch',
    [tenantId, syncId, kind],
  );
  const batch = Number(batches[0]?.batch);
  const facts = identify(kind, rows);
  let changed = 0;
  for (let start = 0; start < facts.length; start += CHUNK) {
    const chunk = facts.slice(start, start + CHUNK);
    const { rowCount } = await tx.query({
      name: 'facts-record',
      text: RECORD,
      values: [tenantId, kind, batch, JSON.stringify(chunk)],
    });
    changed += rowCount ?? 0;
  }
  return { batchId: batch, received: facts.length, changed };
}

// The newest known version is looked up by primary key, one probe a row; jsonb compares by content. Nulls inside a list
// are content; a null column is what this route does not know.
const RECORD = `
  insert into facts.fact (tenant_id, kind, key, batch, group_key, hash, data)
  select $1, $2, key, $3, group_key, sha256(convert_to(data::text, 'UTF8')), data
  from (
    select given.key, given."group" as group_key, known.data as known,
           given.data || coalesce(known.data, '{}') || coalesce(said.data, '{}') as data
    from jsonb_to_recordset($4::jsonb) as given(key text, "group" text, data jsonb)
    left join lateral (
      select f.data from facts.fact f
      where f.tenant_id = $1 and f.kind = $2 and f.key = given.key
      order by f.batch desc limit 1) known on true
    left join lateral (
      select jsonb_object_agg(c.key, c.value) as data from jsonb_each(given.data) c
      where c.value <> 'null') said on true
  ) merged
  where merged.known is distinct from merged.data`;
