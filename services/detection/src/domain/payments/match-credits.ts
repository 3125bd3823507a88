import { addDays, groupBy } from '@recoup/kernel';
import type { Payment } from '../facts.js';
import type { Credit } from './credits.js';

/** A payment that should have come in. */
export interface Due {
  readonly payment: Payment;
  /** The day it was approved, in the network's calendar. */
  readonly day: string;
  readonly minor: bigint;
}

/** A credit may be booked on the UTC day before its approval, and is not looked for much later than a quarter. */
const BEFORE_DAYS = 3;
const AFTER_DAYS = 90;

/** The rows of one reimbursement for a product, together. */
export interface DueSum {
  readonly day: string;
  readonly minor: bigint;
  readonly parts: readonly [Due, ...Due[]];
}

/**
 * The reimbursements for which no money came: none of their exact amount, all rows of one in one sum or one by one; and
 * none whatever that is left over for the product at their time: it may be theirs in another currency, or with others in
 * one sum. Both lists come in day order; a credit is used once.
 */
export function matchCredits(due: readonly Due[], credits: readonly Credit[]): readonly DueSum[] {
  const lines = groupBy(credits, ({ sku, currency, minor }) => lineOf(sku, currency, minor));
  const used = new Set<Credit>();
  const passed = new Map<string, number>();
  const take = ({ payment: { data } }: Due, day: string, minor: bigint): boolean => {
    const line = lineOf(data.sku, data.currency, minor);
    const waiting = lines.get(line) ?? [];
    let at = passed.get(line) ?? 0;
    while (at < waiting.length && isBefore(waiting[at], day, used)) at += 1;
    passed.set(line, at);
    const credit = waiting[at];
    if (!credit || credit.day > addDays(day, AFTER_DAYS)) return false;
    used.add(credit);
    return true;
  };
  // Whole reimbursements first: a part of one may be as large as all of another.
  const missing = sumsOf(due)
    .filter(({ parts, day, minor }) => !take(parts[0], day, minor))
    .flatMap(({ parts }) =>
      sumsOf(parts.filter((part) => parts.length === 1 || !take(part, part.day, part.minor))),
    );
  const spare = groupBy(
    credits.filter((credit) => !used.has(credit)),
    ({ sku }) => sku,
  );
  return missing.filter(
    ({ parts, day }) => !hasDay(spare.get(parts[0].payment.data.sku) ?? [], day),
  );
}

function isBefore(credit: Credit | undefined, day: string, used: ReadonlySet<Credit>): boolean {
  return credit !== undefined && (used.has(credit) || credit.day < addDays(day, -BEFORE_DAYS));
}

function lineOf(sku: string, currency: string | null, minor: bigint | null): string {
  return [currency ?? '', minor ?? '', sku].join(' ');
}

function sumsOf(due: readonly Due[]): readonly DueSum[] {
  const sums = groupBy(due, ({ payment: { data } }) =>
    [data.reimbursementId, data.currency, data.sku].join(' '),
  );
  return [...sums.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const parts: DueSum['parts'] = [first, ...more];
    return [{ parts, day: first.day, minor: parts.reduce((sum, part) => sum + part.minor, 0n) }];
  });
}

/** Whether any of these, in day order, lies where the credit for a payment of this day would. */
function hasDay(credits: readonly Credit[], day: string): boolean {
  const from = addDays(day, -BEFORE_DAYS);
  let [low, high] = [0, credits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((credits[middle]?.day ?? '') < from) low = middle + 1;
    else high = middle;
  }
  const next = credits[low];
  return next !== undefined && next.day <= addDays(day, AFTER_DAYS);
}
