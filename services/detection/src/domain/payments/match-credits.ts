import { addDays } from '@recoup/kernel';
import { groupBy } from '../group-by.js';
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

/**
 * The payments for which no money came: none of their exact amount, one by one or all rows of a reimbursement in one sum;
 * and none whatever that is left over for the product at their time: it may be theirs in another currency, or with others
 * in one sum. Both lists come in day order; a credit is used once.
 */
export function matchCredits(due: readonly Due[], credits: readonly Credit[]): readonly Due[] {
  const lines = groupBy(credits, ({ sku, currency, minor }) => lineOf(sku, currency, minor));
  const used = new Set<Credit>();
  const passed = new Map<string, number>();
  const take = (line: string, day: string): boolean => {
    const waiting = lines.get(line) ?? [];
    let at = passed.get(line) ?? 0;
    while (at < waiting.length && (waiting[at]?.day ?? '') < addDays(day, -BEFORE_DAYS)) at += 1;
    const credit = waiting[at];
    passed.set(line, credit ? at + 1 : at);
    if (!credit || credit.day > addDays(day, AFTER_DAYS)) return false;
    used.add(credit);
    return true;
  };
  const alone = due.filter(({ payment, day, minor }) => {
    const { sku, currency } = payment.data;
    return !take(lineOf(sku, currency, minor), day);
  });
  const rest = inSums(alone).filter(
    ({ sku, currency, minor, day }) => !take(lineOf(sku, currency, minor), day),
  );
  const spare = credits.filter((credit) => !used.has(credit));
  const spareDays = groupBy(spare, ({ sku }) => sku);
  return rest
    .flatMap(({ parts }) => parts)
    .filter(({ payment, day }) => !hasDay(spareDays.get(payment.data.sku) ?? [], day));
}

function lineOf(sku: string, currency: string | null, minor: bigint | null): string {
  return [currency ?? '', minor ?? '', sku].join(' ');
}

interface Sum {
  readonly sku: string;
  readonly currency: string;
  readonly day: string;
  readonly minor: bigint;
  readonly parts: readonly Due[];
}

/** The rows of one reimbursement for a product, together. */
function inSums(due: readonly Due[]): readonly Sum[] {
  const sums = groupBy(due, ({ payment: { data } }) =>
    [data.reimbursementId, data.currency, data.sku].join(' '),
  );
  return [...sums.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first) return [];
    const { sku, currency } = first.payment.data;
    const minor = parts.reduce((sum, part) => sum + part.minor, 0n);
    return [{ sku, currency, day: first.day, minor, parts }];
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
