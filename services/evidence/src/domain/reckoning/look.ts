import type { AllocationLine } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import type { Fact, FactData, FactKind } from '@recoup/facts';
import { minorOf, type Money } from '@recoup/kernel';

/** A claim beside the facts that it is reckoned from anew. */
export interface Look {
  readonly claim: ClaimState;
  /** What it cites. */
  readonly cited: readonly Fact[];
  /** All that is known of its order; nothing for a claim about no order. */
  readonly ofOrder: readonly Fact[];
  /** All payments for its product. */
  readonly ofProduct: readonly Fact[];
}

/**
 * What the records make of a claim. `units` and `total` are null where they do not tell; then the claim is not borne out.
 * `doubts` are sentences: what a record says, and what the claim says.
 */
export interface Told {
  readonly units: number | null;
  /** Minor units of all that is owed, where the records tell it without a value of one unit. */
  readonly total?: bigint | null;
  /** What one unit is worth by the records; left out where only the seller's word says it. */
  readonly perUnit?: Money | null;
  readonly doubts: readonly string[];
}

/** Facts of one kind. */
export function ofKind<K extends FactKind>(
  facts: readonly Fact[],
  kind: K,
): readonly FactData[K][] {
  return facts.flatMap((fact) => (fact.kind === kind ? [fact.data as FactData[K]] : []));
}

/** Lines of an allocation that are of some kinds. */
export function linesOf(
  { claim }: Pick<Look, 'claim'>,
  ...kinds: readonly AllocationLine['kind'][]
): readonly AllocationLine[] {
  return claim.assessment.allocation.filter(({ kind }) => kinds.includes(kind));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

export function unitsIn(lines: readonly AllocationLine[]): number {
  return sum(lines.map(({ quantity }) => quantity));
}

/** An exact sum; null where one of the parts is not known. */
export function minorSum(parts: readonly (bigint | null)[]): bigint | null {
  let all = 0n;
  for (const part of parts) {
    if (part === null) return null;
    all += part;
  }
  return all;
}

/** The amounts that lines state; null where one states none, or another currency. */
export function minorIn(lines: readonly AllocationLine[], currency: string): bigint | null {
  return minorSum(
    lines.map(({ amount }) =>
      amount?.currency === currency ? minorOf(amount.amount, currency) : null,
    ),
  );
}

/** A doubt where a number of the calculation is not that of the record. */
export function differs(what: string, recorded: number | null, stated: number): readonly string[] {
  if (recorded === stated) return [];
  const shown = recorded === null ? 'do not tell it' : `show ${recorded}`;
  return [`${what}: Amazon's records ${shown}, the calculation has ${stated}`];
}
