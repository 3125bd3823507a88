import type { LedgerFact, ReimbursementFact } from '@recoup/contracts';

/** A fact with its identity. The same key is the same fact, however often it is given. */
export interface Keyed<T> {
  readonly key: string;
  readonly data: T;
}

export type LedgerRow = Keyed<LedgerFact>;
export type Payment = Keyed<ReimbursementFact>;

/** All facts of one FNSKU that detectors of warehouse losses read. Nothing about buyers is among them. */
export interface KeyFacts {
  readonly ledger: readonly LedgerRow[];
  readonly reimbursements: readonly Payment[];
}

/** One fact per key, in key order: neither repeats nor the order of arrival may change a finding. */
export function distinct<T>(facts: readonly Keyed<T>[]): readonly Keyed<T>[] {
  const byKey = new Map(facts.map((fact) => [fact.key, fact]));
  return [...byKey.values()].sort((a, b) => compareText(a.key, b.key));
}

/** Code-unit order: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
