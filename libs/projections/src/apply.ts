import type { RecordedEvent } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import { tableName, type AnyProjection } from './projection.js';
import { FoldFailed, forgetStuck, noteStuck } from './stuck-rows.js';

interface Row {
  readonly tenant: string;
  readonly key: string;
  doc: unknown;
  position: number;
  changed: boolean;
  /** An event could not be folded into it: it stays as it was before that. */
  stuck: boolean;
}

/**
 * Folds events into the rows of a projection: the rows they touch are read once, folded in memory, and written once,
 * whatever the number of events. (One upsert an event reached a hundredth of it; see `infra/bench`.) A fold that throws
 * stops its own row and no other; answered are the rows that this stopped.
 */
export async function applyEvents(
  tx: PoolClient,
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): Promise<readonly FoldFailed[]> {
  const failures: FoldFailed[] = [];
  let start = 0;
  for (const [index, event] of events.entries()) {
    if (!projection.erases?.(event)) continue;
    failures.push(...(await foldEvents(tx, projection, events.slice(start, index))));
    await tx.query(`delete from rm.${tableName(projection)} where tenant_id = $1`, [
      event.tenantId,
    ]);
    await forgetStuck(tx, projection, event.tenantId);
    start = index;
  }
  failures.push(...(await foldEvents(tx, projection, events.slice(start))));
  return failures;
}

async function foldEvents(
  tx: PoolClient,
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): Promise<readonly FoldFailed[]> {
  const keyed = events.flatMap((event) => {
    const key = projection.keyOf(event);
    return key === null ? [] : [{ event, key }];
  });
  if (keyed.length === 0) return [];
  const rows = await loadRows(tx, projection, keyed);
  const failures: FoldFailed[] = [];
  for (const { event, key } of keyed) {
    const row = rows.get(rowId(event.tenantId, key));
    const failure = row && !row.stuck && foldInto(row, projection, event);
    if (failure) failures.push(failure);
  }
  await writeRows(
    tx,
    projection,
    [...rows.values()].filter((row) => row.changed),
  );
  await noteStuck(tx, projection, failures);
  return failures;
}

/** One step of a row; null when it went well. */
function foldInto(row: Row, projection: AnyProjection, event: RecordedEvent): FoldFailed | null {
  try {
    const after: unknown = projection.evolve(row.doc, event);
    if (after === row.doc) return null;
    Object.assign(row, { doc: after, position: event.position, changed: true });
    return null;
  } catch (error) {
    row.stuck = true;
    return new FoldFailed(projection, { event, key: row.key, error });
  }
}

function rowId(tenant: string, key: string): string {
  return JSON.stringify([tenant, key]);
}

interface KnownRow {
  readonly tenant_id: string;
  readonly key: string;
  readonly doc: unknown;
  readonly position: string;
  readonly stuck: boolean;
}

function newRow(tenant: string, key: string): Row {
  return { tenant, key, doc: null, position: 0, changed: false, stuck: false };
}

async function loadRows(
  tx: PoolClient,
  projection: AnyProjection,
  keyed: readonly { event: RecordedEvent; key: string }[],
): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const { event, key } of keyed) {
    const id = rowId(event.tenantId, key);
    if (!rows.has(id)) rows.set(id, newRow(event.tenantId, key));
  }
  const wanted = [...rows.values()];
  const table = tableName(projection);
  const known = await tx.query<KnownRow>({
    name: `rm-load-${table}`,
    text: `select wanted.tenant_id, wanted.key, r.doc, coalesce(r.position, 0) as position, s.key is not null as stuck
           from unnest($1::text[], $2::text[]) as wanted(tenant_id, key)
           left join rm.${table} r on r.tenant_id = wanted.tenant_id and r.key = wanted.key
           left join rm.stuck s
             on s.projection = $3 and s.tenant_id = wanted.tenant_id and s.key = wanted.key`,
    values: [wanted.map((row) => row.tenant), wanted.map((row) => row.key), table],
  });
  for (const { tenant_id, key, doc, position, stuck } of known.rows) {
    const row = rows.get(rowId(tenant_id, key));
    if (row) Object.assign(row, { doc, position: Number(position), stuck });
  }
  return rows;
}

async function writeRows(
  tx: PoolClient,
  projection: AnyProjection,
  rows: readonly Row[],
): Promise<void> {
  const table = tableName(projection);
  const kept = rows.filter((row) => row.doc !== null);
  const removed = rows.filter((row) => row.doc === null);
  if (kept.length > 0) {
    await tx.query({
      name: `rm-write-${table}`,
      text: `insert into rm.${table} (tenant_id, key, doc, position)
             select tenant, key, doc, position
             from jsonb_to_recordset($1::jsonb) as given(tenant text, key text, doc jsonb, position bigint)
             on conflict (tenant_id, key) do update set doc = excluded.doc, position = excluded.position`,
      values: [JSON.stringify(kept)],
    });
  }
  if (removed.length > 0) {
    await tx.query(
      `delete from rm.${table} r using unnest($1::text[], $2::text[]) as gone(tenant_id, key)
       where r.tenant_id = gone.tenant_id and r.key = gone.key`,
      [removed.map((row) => row.tenant), removed.map((row) => row.key)],
    );
  }
}
