import type { AllocationLine, SourceRef } from '@recoup/contracts';
import { daysBetween, fromMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected } from '../detector.js';
import { isInTime } from '../in-time.js';
import { judge, type Drafter } from '../judge.js';
import type { DayCharges, FirstDay } from './charge.js';
import type { FeeStatement } from './fee-statement.js';

/** Charges of a day that were too high, and what would have been right. */
export interface Excess extends DayCharges {
  readonly expected: bigint;
  /** Within one card a product has one wrong rate; the same error makes others under other cards. */
  readonly card: string;
}

/** An error shows in at least so many charges of one rate. */
const LEAST_CHARGES = 3;
/** Where for so many days nothing was charged too high, another error begins: no window holds charges of both. */
const BREAK_DAYS = 90;

export interface FeeClaims {
  readonly detector: Drafter;
  readonly context: Context;
  readonly statement: FeeStatement;
  /** When the same fee was first charged rightly. */
  readonly right: FirstDay;
}

/**
 * A claim for each stretch of charges that were too high, if it is an error: it began after the fee had been right. What
 * was dearer from the first sale on may have been right for the class that the product was in then. A claim is known by the first charge of its stretch, which no passing of days moves; its
 * amount is that of the charges whose own window is open.
 */
export function feeClaims(excesses: readonly Excess[], about: FeeClaims): Detected {
  return together(
    stretchesOf(excesses)
      .map(stable)
      .filter((stretch) => isError(stretch, about))
      .map((stretch) => claimOf(stretch, about)),
  );
}

function stretchesOf(excesses: readonly Excess[]): readonly (readonly Excess[])[] {
  const stretches: Excess[][] = [];
  for (const one of [...excesses].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = stretches.at(-1)?.at(-1);
    if (last && daysBetween(last.day, one.day) <= BREAK_DAYS) stretches.at(-1)?.push(one);
    else stretches.push([one]);
  }
  return stretches;
}

/** Without what is no steady rate: a charge that stands alone beside another wrong rate of the same card. */
function stable(stretch: readonly Excess[]): readonly Excess[] {
  const times = new Map<string, number>();
  const rates = new Map<string, Set<bigint>>();
  for (const { card, rate, charges } of stretch) {
    times.set(`${card} ${rate}`, (times.get(`${card} ${rate}`) ?? 0) + charges);
    rates.set(card, (rates.get(card) ?? new Set()).add(rate));
  }
  return stretch.filter(
    ({ card, rate }) =>
      rates.get(card)?.size === 1 || (times.get(`${card} ${rate}`) ?? 0) >= LEAST_CHARGES,
  );
}

function isError(stretch: readonly Excess[], { right }: FeeClaims): boolean {
  const first = stretch[0];
  if (!first || sumOf(stretch, ({ charges }) => charges) < LEAST_CHARGES) return false;
  return right.isBefore(first.day);
}

function claimOf(stretch: readonly Excess[], about: FeeClaims): Detected {
  const { detector, context, statement } = about;
  const { marketplace, sku, fnsku, asin, productName } = statement;
  const open = stretch.filter(({ day }) =>
    isInTime({ marketplace, what: detector.subtype, day }, context),
  );
  const claimed = open.length > 0 ? open : stretch.slice(-1);
  const [first] = stretch;
  const last = claimed.at(-1);
  if (!first || !claimed[0] || !last) return NOTHING;
  const charged = minorSum(claimed, (one) => one.charged);
  const expected = minorSum(claimed, (one) => one.expected);
  const charges = sumOf(claimed, (one) => one.charges);
  const total = fromMinor(charged - expected, marketplace.currency);
  const draft = {
    marketplace,
    anchor: [sku, first.day],
    subject: { fnsku, sku, asin, productName },
    startDay: claimed[0].day,
    countsFrom: last.day,
    statedByAmazon: true,
    quantity: charges,
    value: { basis: 'difference', perUnit: null, total },
    features: {
      stated_by_amazon: 1,
      exact_match: 1,
      repeats: Math.log2(charges),
      excess_share: shareOf(charged - expected, expected),
    },
    allocation: claimed.flatMap((one) => linesOf(one, statement)),
    sources: sourcesOf(claimed, statement),
  } as const;
  return judge(draft, detector, context);
}

/** What was charged on a day, and what would have been right, each as a sum. */
function linesOf(one: Excess, { marketplace, source }: FeeStatement): AllocationLine[] {
  const { day, charges, charged, expected, orderId } = one;
  const line = { day, quantity: charges, facility: null };
  const money = (minor: bigint) => fromMinor(minor, marketplace.currency);
  return [
    { ...line, kind: 'charged', reference: orderId, amount: money(charged) },
    { ...line, kind: 'expected', reference: source.kind, amount: money(expected) },
  ];
}

/** The statement, and of each day's charges one. */
function sourcesOf(claimed: readonly Excess[], { source }: FeeStatement): SourceRef[] {
  const keys = [...new Set(claimed.map(({ key }) => key))].sort();
  return [source, ...keys.map((key) => ({ kind: 'transaction', key }))];
}

/** A part of an amount; of nothing it is all. */
function shareOf(part: bigint, whole: bigint): number {
  return whole > 0n ? Math.min(1, Number((part * 1_000n) / whole) / 1_000) : 1;
}

function sumOf(all: readonly Excess[], of: (one: Excess) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}

function minorSum(all: readonly Excess[], of: (one: Excess) => bigint): bigint {
  return all.reduce((sum, one) => sum + of(one), 0n);
}
