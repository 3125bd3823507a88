import { awaitsFiling, claimIsOpen } from '@recoup/domain';
import { sumByCurrency, type Money } from '@recoup/kernel';
import type { ClaimGroup, ConfidenceTenth } from '../adapters/detection-reads.js';
import { CLAIM_STATUSES } from '../projections/claim-phase.js';

/** States of claims of which something may still come. */
export const OPEN = CLAIM_STATUSES.filter((status) => claimIsOpen({ status }));
/** States of claims that nobody has begun to file: only these have a last day. */
export const UNFILED = CLAIM_STATUSES.filter((status) => awaitsFiling({ status }));

/** How many claims, and what they are worth in each currency; unknown amounts are counted and not added. */
export interface ClaimSum {
  readonly count: number;
  readonly amountUnknownCount: number;
  readonly values: readonly Money[];
}

/** Claims summed by a property of theirs, such as the tier, in the order of its words. */
export function summedBy(
  groups: readonly ClaimGroup[],
  by: 'subtype' | 'tier',
): Readonly<Record<string, ClaimSum>> {
  const words = [...new Set(groups.map((group) => group[by]))].sort();
  return Object.fromEntries(
    words.map((word) => [word, sumOf(groups.filter((group) => group[by] === word))]),
  );
}

export function sumOf(groups: readonly ClaimGroup[]): ClaimSum {
  return {
    count: groups.reduce((all, { claims }) => all + claims, 0),
    amountUnknownCount: groups.reduce((all, { unknown }) => all + unknown, 0),
    values: sumByCurrency(
      groups.flatMap(({ amount, currency }) => (currency === null ? [] : [{ amount, currency }])),
    ),
  };
}

/** All ten tenths, those without a claim as well. */
export function distribution(
  found: readonly ConfidenceTenth[],
): { from: number; to: number; count: number }[] {
  const counts = new Map(found.map(({ tenth, claims }) => [tenth, claims]));
  return Array.from({ length: 10 }, (_, tenth) => ({
    from: tenth / 10,
    to: (tenth + 1) / 10,
    count: counts.get(tenth) ?? 0,
  }));
}
