import { fromMinor, minorOf, type Money } from '@recoup/kernel';
import { compareText, distinct, type Payment } from '../facts.js';
import { dayInNetwork, type Network } from '@recoup/domain';
import { familyOf, netPayments, type NetPayment } from '../payments/net-payments.js';
import { valuationFor, type ValuationPolicy } from '../policies/valuation.js';

/** How often the same full amount must have been paid before it counts as what a unit is worth. */
const PAID_TIMES = 2;

export interface PaidHistory {
  readonly payments: readonly Payment[];
  readonly network: Network;
  readonly currency: string;
  /** The valuation rule of the loss: what was paid under another one says nothing about it. */
  readonly policy: ValuationPolicy;
}

/** The amount per unit that Amazon paid in full for this product at least twice under one valuation rule; newest first. */
export function paidHistory({ payments, network, currency, policy }: PaidHistory): Money | null {
  const answers = asked.get(payments) ?? new Map<string, Money | null>();
  asked.set(payments, answers);
  const question = [network, currency, policy.name].join(' ');
  let answer = answers.get(question);
  if (answer === undefined) {
    answer = paidInFull(netPayments(distinct(payments), network), { policy, network, currency });
    answers.set(question, answer);
  }
  return answer;
}

/** Answers per list of payments: each of a product's many losses asks the same. */
const asked = new WeakMap<readonly Payment[], Map<string, Money | null>>();

interface Rule {
  readonly policy: ValuationPolicy;
  readonly network: Network;
  readonly currency: string;
}

/** The amount that was paid often enough; of several the one that was paid last. */
function paidInFull(payments: readonly NetPayment[], rule: Rule): Money | null {
  const paid = new Map<bigint, { times: Set<string>; last: string }>();
  for (const { payment, reversed } of payments) {
    const minor = reversed ? null : fullAmount(payment, rule);
    if (minor === null) continue;
    const { reimbursementId, approvedAt } = payment.data;
    const seen = paid.get(minor) ?? { times: new Set(), last: '' };
    seen.times.add(reimbursementId);
    if (approvedAt > seen.last) seen.last = approvedAt;
    paid.set(minor, seen);
  }
  const often = [...paid].filter(([, seen]) => seen.times.size >= PAID_TIMES);
  often.sort(([minorA, a], [minorB, b]) => compareText(b.last, a.last) || Number(minorB - minorA));
  const best = often[0];
  return best ? fromMinor(best[0], rule.currency) : null;
}

/**
 * Minor units paid for each unit: in cash, for units lost or damaged in a warehouse, one amount for all of them, under
 * the same valuation rule as the loss. Null for any other payment.
 */
function fullAmount(payment: Payment, { policy, network, currency }: Rule): bigint | null {
  const { data } = payment;
  const family = familyOf(payment);
  if (family !== 'lost' && family !== 'damaged') return null;
  if (data.currency !== currency || data.quantityCash <= 0) return null;
  if (valuationFor(dayInNetwork(network, data.approvedAt))?.basis !== policy.basis) return null;
  // An average of unequal payments may be finer than its currency: no amount for a unit, so null.
  const perUnit = minorOf(data.amountPerUnit, currency);
  const total = minorOf(data.amountTotal, currency);
  if (perUnit === null || perUnit <= 0n) return null;
  return perUnit * BigInt(data.quantityCash) === total ? perUnit : null;
}
