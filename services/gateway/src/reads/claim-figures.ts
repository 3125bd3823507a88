import { fromMinor, toMinor } from '@recoup/kernel';
import type { ClaimTotal } from '../adapters/read-models.js';
import { OPEN } from '../routes/claim-words.js';

/** What is open, in one currency; each currency also on its own, since they are never added together. */
export interface OpenFigures {
  readonly claimCount: number;
  readonly totalAmount: number;
  readonly totals: Readonly<Record<string, number>>;
  /** Claims whose value nobody knows: they count 0 in the amounts. */
  readonly amountUnknownCount: number;
}

/** The figures of claims that a seller may still get, in major units. */
export function openFigures(totals: readonly ClaimTotal[], currency: string): OpenFigures {
  const open = totals.filter((total) => OPEN.has(total.state));
  const currencies = new Set(open.flatMap((total) => total.currency ?? []));
  return {
    claimCount: count(open),
    totalAmount: sum(open, currency),
    totals: Object.fromEntries([...currencies].map((code) => [code, sum(open, code)])),
    amountUnknownCount: open.reduce((all, total) => all + total.unknown, 0),
  };
}

export interface FoundFigures {
  /** All but withdrawn ones. */
  readonly totalClaimsFound: number;
  readonly byTier: { readonly auto: number; readonly prompt: number; readonly manual: number };
  readonly byType: Readonly<Record<string, number>>;
}

/** How many claims were found, and of which sort. */
export function foundFigures(totals: readonly ClaimTotal[]): FoundFigures {
  const found = totals.filter((total) => total.state !== 'withdrawn');
  const ofTier = (tier: string): number => count(found.filter((total) => total.tier === tier));
  const types = new Set(found.map((total) => total.claim_type));
  const ofType = (type: string): number =>
    count(found.filter((total) => total.claim_type === type));
  return {
    totalClaimsFound: count(found),
    byTier: { auto: ofTier('auto'), prompt: ofTier('prompt'), manual: ofTier('manual') },
    byType: Object.fromEntries([...types].map((type) => [type, ofType(type)])),
  };
}

function count(totals: readonly ClaimTotal[]): number {
  return totals.reduce((all, total) => all + total.claims, 0);
}

/** Added in minor units, and only then turned into the number that the contract asks for. */
function sum(totals: readonly ClaimTotal[], currency: string): number {
  const minor = totals
    .filter((total) => total.currency === currency)
    .reduce((all, { amount }) => all + toMinor({ amount, currency }), 0n);
  return Number(fromMinor(minor, currency).amount);
}
