import type { RecordedEvent } from '@recoup/contracts';
import type { PoolClient } from 'pg';
import { tableName, type AnyProjection } from './projection.js';

interface Row {
  readonly tenant: string;
  readonly key: string;
  doc: unknown;
  position: number;
  changed: boolean;
}

/**
 * Folds events into the rows of a projection: the rows they touch are read once, folded in memory, and written once,
 * whatever the number of events. (One upsert an event reached a hundredth of it; see `infra/bench`.)
 */
export async function applyEvents(
  tx: PoolClient,
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): Promise<void> {
  let start = 0;
  for (const [index, event] of events.entries()) {
    if (!projection.erases?.(event)) continue;
    await foldEvents(tx, projection, events.slice(start, index));
    await tx.query(`delete from rm.${tableName(projection)} where tenant_id = $1`, [
      event.tenantId,
    ]);
    start = index;
  }
  await foldEvents(tx, projection, events.slice(start));
}

async function foldEvents(
  tx: PoolClient,
  projection: AnyProjection,
  events: readonly RecordedEvent[],
): Promise<void> {
  const keyed = events.flatMap((event) => {
    const key = projection.keyOf(event);
    return key === null ? [] : [{ event, key }];
  });
  if (keyed.length === 0) return;
  const rows = await loadRows(tx, projection, keyed);
  for (const { event, key } of keyed) {
    const row = rows.get(rowId(event.tenantId, key));
    if (!row) continue;
    const after: unknown = projection.evolve(row.doc, event);
    if (after === row.doc) continue;
    row.doc = after;
    row.position = event.position;
    row.changed = true;
  }
  await writeRows(
    tx,
    projection,
    [...rows.values()].filter((row) => row.changed),
  );
}

function rowId(tenant: string, key: string): string {
  return JSON.stringify([tenant, key]);
}

async function loadRows(
  tx: PoolClient,
  projection: AnyProjection,
  keyed: readonly { event: RecordedEvent; key: string }[],
): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (const { event, key } of keyed) {
    const id = rowId(event.tenantId, key);
    if (!rows.has(id))
      rows.set(id, { tenant: event.tenantId, key, doc: null, position: 0, changed: false });
  }
  const wanted = [...rows.values()];
  const table = tableName(projection);
  const known = await tx.query<{ tenant_id: string; key: string; doc: unknown; position: string }>({
    name: `rm-load-${table}`,
    text: `select r.tenant_id, r.key, r.doc, r.position
           from unnest($1::text[], $2::text[]) as wanted(tenant_id, key)
           join rm.${table} r on r.tenant_id = wanted.tenant_id and r.key = wanted.key`,
    values: [wanted.map((row) => row.tenant), wanted.map((row) => row.key)],
  });
  for (const { tenant_id, key, doc, position } of known.rows) {
    const row = rows.get(rowId(tenant_id, key));
    if (row) Object.assign(row, { doc, position: Number(position) });
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
