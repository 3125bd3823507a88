import { isDeepStrictEqual } from 'node:util';
import type { RecordedEvent } from '@recoup/contracts';
import { tableName, type AnyProjection } from '@recoup/projections';
import type { Pool } from 'pg';
import { z } from 'zod';
import { projections } from '../../../services/gateway/src/projections/index.js';

/** The read models folded from zero, beside the projectors: what stands in the tables must be the same. */
export interface FoldBook {
  fold(events: readonly RecordedEvent[]): void;
  /** Which of the rows that were folded into since they were last found right differ in the tables. */
  check(): Promise<readonly string[]>;
  /** Which of all rows differ, and which should not be there. */
  compare(): Promise<readonly string[]>;
}

const rowsSchema = z.array(z.object({ tenant_id: z.string(), key: z.string(), doc: z.unknown() }));

type Docs = Map<string, unknown>;

export function openFoldBook(pool: Pool): FoldBook {
  const models = projections.map((projection) => ({
    projection,
    docs: new Map<string, unknown>(),
    touched: new Set<string>(),
  }));
  return {
    fold(events) {
      for (const { projection, docs, touched } of models) {
        for (const id of foldInto(projection, docs, events)) touched.add(id);
      }
    },
    async check() {
      const faults: string[] = [];
      for (const { projection, docs, touched } of models) {
        if (touched.size === 0) continue;
        const pairs = [...touched].map(parts);
        const { rows } = await pool.query(
          `select tenant_id, key, doc from rm.${tableName(projection)} r
           join unnest($1::text[], $2::text[]) as wanted(t, k) on r.tenant_id = t and r.key = k`,
          [pairs.map(([tenant]) => tenant), pairs.map(([, key]) => key)],
        );
        const different = differences(projection, { docs, keys: touched, rows });
        if (different.length === 0) touched.clear();
        faults.push(...different);
      }
      return faults;
    },
    async compare() {
      const faults: string[] = [];
      for (const { projection, docs } of models) {
        const table = tableName(projection);
        const { rows } = await pool.query(`select tenant_id, key, doc from rm.${table}`);
        faults.push(...differences(projection, { docs, keys: docs.keys(), rows }));
        if (rows.length > docs.size) faults.push(`${table} has rows that no event made`);
      }
      return faults;
    },
  };
}

function foldInto(
  projection: AnyProjection,
  docs: Docs,
  events: readonly RecordedEvent[],
): Set<string> {
  const touched = new Set<string>();
  for (const event of events) {
    const key = projection.keyOf(event);
    if (key === null) continue;
    const id = JSON.stringify([event.tenantId, key]);
    const after: unknown = projection.evolve(docs.get(id) ?? null, event);
    if (after === null) docs.delete(id);
    else docs.set(id, JSON.parse(JSON.stringify(after)));
    touched.add(id);
  }
  return touched;
}

function differences(
  projection: AnyProjection,
  { docs, keys, rows }: { docs: Docs; keys: Iterable<string>; rows: unknown[] },
): string[] {
  const found = new Map(
    rowsSchema.parse(rows).map((row) => [JSON.stringify([row.tenant_id, row.key]), row.doc]),
  );
  return [...keys]
    .filter((id) => !isDeepStrictEqual(found.get(id), docs.get(id)))
    .map((id) => `${tableName(projection)} ${parts(id)[1]} is not what its events come to`);
}

function parts(id: string): readonly [tenant: string, key: string] {
  return z.tuple([z.string(), z.string()]).parse(JSON.parse(id));
}
