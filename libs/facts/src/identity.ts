import { createHash } from 'node:crypto';
import { kinds, type FactData, type FactKind } from './kinds.js';

export interface IdentifiedFact {
  readonly key: string;
  readonly group: string;
  readonly data: unknown;
}

/**
 * Gives each row its key. Twins (rows equal in all that identifies them) are told apart by their ordinal among equals,
 * which is stable only when all rows that could be twins come in one call: whole days of a report.
 * Rows of kinds without twins that repeat an identity are one fact, the last one given.
 */
export function identify<K extends FactKind>(
  kind: K,
  rows: readonly FactData[K][],
): IdentifiedFact[] {
  const { identity, group, twins } = kinds[kind];
  const seen = new Map<string, number>();
  const facts = new Map<string, IdentifiedFact>();
  for (const data of rows) {
    const id = hash(identity(data));
    const ordinal = twins ? (seen.get(id) ?? 0) : 0;
    seen.set(id, ordinal + 1);
    const key = ordinal === 0 ? id : `${id}.${ordinal}`;
    facts.set(key, { key, group: group(data), data });
  }
  return [...facts.values()];
}

/** 128 bits of SHA-256 over the columns: short enough for an index, long enough never to collide. */
function hash(columns: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(columns)).digest('hex').slice(0, 32);
}
