import type { ClaimTotal, PaymentTotal } from '../adapters/figure-reads.js';
import { inPhase } from './claim-figures.js';

/** How many claims of which sort, and how Amazon decided on them. */
export interface ClaimCounts {
  /** All but withdrawn ones. */
  readonly totalClaimsFound: number;
  readonly inProgress: number;
  /** Percent of the decided claims that were approved, at least in part, and not taken back; 0 when none was decided. */
  readonly successRate: number;
  /** The same of those decided since the instant for which the totals were read. */
  readonly successRateSince: number;
  readonly byTier: { readonly auto: number; readonly prompt: number; readonly manual: number };
  readonly byType: Readonly<Record<string, number>>;
}

export function claimCounts(totals: readonly ClaimTotal[]): ClaimCounts {
  const found = totals.filter(({ status }) => status !== 'withdrawn');
  const ofTier = (tier: string): number => count(found.filter((total) => total.tier === tier));
  const types = new Set(found.map((total) => total.claim_type));
  const ofType = (type: string): number =>
    count(found.filter((total) => total.claim_type === type));
  const decided = inPhase(totals, 'agreed', 'paid', 'denied', 'reversed');
  const won = inPhase(totals, 'agreed', 'paid');
  return {
    totalClaimsFound: count(found),
    inProgress: count(inPhase(totals, 'open')),
    successRate: percent(count(won), count(decided)),
    successRateSince: percent(count(won, 'decided_since'), count(decided, 'decided_since')),
    byTier: { auto: ofTier('auto'), prompt: ofTier('prompt'), manual: ofTier('manual') },
    byType: Object.fromEntries([...types].map((type) => [type, ofType(type)])),
  };
}

/** Amounts that count 0 because nobody knows them: of claims still to be paid, and of payments. */
export function unknownAmounts(
  totals: readonly ClaimTotal[],
  payments: readonly PaymentTotal[],
): number {
  const toCome = count(inPhase(totals, 'open', 'agreed'), 'unknown');
  return payments.reduce((all, { unknown }) => all + unknown, toCome);
}

/** Percent of the open claims whose required documents are available; 0 when none is open. */
export function evidenceHealth(totals: readonly ClaimTotal[]): number {
  const open = inPhase(totals, 'open');
  return percent(count(open, 'documented'), count(open));
}

/** Claims that stand for money: still open, agreed, or paid. */
export function claimsWithMoney(totals: readonly ClaimTotal[]): number {
  return count(inPhase(totals, 'open', 'agreed', 'paid'));
}

function count(
  totals: readonly ClaimTotal[],
  what: 'claims' | 'unknown' | 'documented' | 'decided_since' = 'claims',
): number {
  return totals.reduce((all, total) => all + total[what], 0);
}

/** To one decimal place. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}
