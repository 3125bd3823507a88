import { dayInNetwork } from '@recoup/domain';
import { groupBy, times, toMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { distinct } from '../facts.js';
import type { ProductKey } from '../product-key.js';
import { valuationFor } from '../policies/valuation.js';
import { atMost } from '../value/pre-order-value.js';
import { netPayments, type NetPayment, type PaymentFamily } from './net-payments.js';
import { amountOf, storePaidIn } from './payment-claim.js';
import { isNew } from './payment-for-unit.js';
import { isTooLow, undervaluedClaim } from './undervalued-claim.js';

/**
 * Payments below what the seller says that a unit costs, under the rule that goes by cost. Fewer units paid than lost is
 * no matter of this one: the loss itself is claimed for the rest. Without a cost nothing is known, and nothing found.
 */
export const reimbursementUndervalued: ProductDetector = {
  subtype: 'reimbursement_undervalued',
  of: 'product',
  needs: ['reimbursements'],
  detect: (key, context) => {
    const payments = netPayments(distinct(key.facts.reimbursements), key.network);
    const whole = groupBy(payments, ({ payment: { data } }) =>
      [data.reimbursementId, data.sku].join(' '),
    );
    return together([...whole.values()].map((parts) => claimOf(parts, key, context)));
  },
};

/** Losses before any customer ordered the unit: they are paid at its cost. */
const BEFORE_AN_ORDER: ReadonlySet<PaymentFamily> = new Set([
  'lost',
  'damaged',
  'inbound',
  'removal',
]);

/** All rows of a reimbursement are one claim, however many of them a report has shown by now. */
function claimOf(parts: readonly NetPayment[], key: ProductKey, context: Context): Detected {
  const sums = parts.map((net) => sumsOf(net, context)).filter((sum) => sum !== null);
  const total = (of: (sum: Sums) => bigint) => sums.reduce((all, sum) => all + of(sum), 0n);
  const [expected, paid] = [total((sum) => sum.expected), total((sum) => sum.paid)];
  const [first] = parts;
  if (!first || sums.length < parts.length || !isTooLow(expected, paid)) return NOTHING;
  const { payment } = first;
  const { currency, reimbursementId, sku } = payment.data;
  const marketplace = storePaidIn(key.network, currency);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const one = {
    ...{ payment, marketplace, expected, paid },
    anchor: [reimbursementId, sku],
    day: dayInNetwork(key.network, payment.data.approvedAt),
    units: parts.reduce((sum, part) => sum + part.payment.data.quantityCash, 0),
    sources: parts.slice(1).map((part) => ({ kind: 'reimbursement', key: part.payment.key })),
  };
  return undervaluedClaim(one, reimbursementUndervalued, context);
}

interface Sums {
  readonly expected: bigint;
  readonly paid: bigint;
}

/** What a payment in cash should have been, and was; null where nobody can tell. */
function sumsOf(net: NetPayment, { costs }: Context): Sums | null {
  const { payment, day } = net;
  const { sku, currency, quantityCash } = payment.data;
  const policy = isForCost(net) ? valuationFor(day) : null;
  const cost = policy?.basis === 'sourcing_cost' ? costs.of(sku, currency, day) : null;
  const paid = amountOf(payment);
  if (!policy || !cost || paid === null) return null;
  const expected = toMinor(times(atMost(cost, policy), quantityCash));
  return { expected, paid };
}

/** Cash for units that nobody had ordered, and that Amazon has not taken back. */
function isForCost(net: NetPayment): boolean {
  const { payment, family, reversed } = net;
  const inCash = payment.data.quantityCash > 0;
  return !reversed && inCash && BEFORE_AN_ORDER.has(family) && isNew(net);
}
