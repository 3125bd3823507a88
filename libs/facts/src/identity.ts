import { createHash } from 'node:crypto';
import { kinds, type FactData, type FactKind, type GivenFact, type RawAnswer } from './kinds.js';

export interface IdentifiedFact {
  readonly key: string;
  readonly group: string;
  readonly data: unknown;
  readonly raw: RawAnswer | null;
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
  return identifyGiven(
    kind,
    rows.map((data) => ({ data, raw: null })),
  );
}

/** As identify, with what Amazon said in its own words. */
export function identifyGiven<K extends FactKind>(
  kind: K,
  given: readonly GivenFact<K>[],
): IdentifiedFact[] {
  const seen = new Map<string, number>();
  const facts = new Map<string, IdentifiedFact>();
  for (const { data, raw } of given) {
    const id = identityOf(kind, data);
    const ordinal = kinds[kind].twins ? (seen.get(id) ?? 0) : 0;
    seen.set(id, ordinal + 1);
    const key = ordinal === 0 ? id : `${id}.${ordinal}`;
    facts.set(key, { key, group: kinds[kind].group(data), data, raw });
  }
  return [...facts.values()];
}

/**
 * What a fact is known by, its twins aside: 128 bits of SHA-256 over its identifying columns, short enough for an index,
 * long enough never to collide.
 */
export function identityOf<K extends FactKind>(kind: K, data: FactData[K]): string {
  const columns = JSON.stringify(kinds[kind].identity(data));
  return createHash('sha256').update(columns).digest('hex').slice(0, 32);
}
