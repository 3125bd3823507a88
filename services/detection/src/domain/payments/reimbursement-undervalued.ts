import { dayInNetwork } from '@recoup/domain';
import { times, toMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { distinct } from '../facts.js';
import { judge } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { valuationFor } from '../policies/valuation.js';
import { atMost } from '../value/pre-order-value.js';
import { netPayments, type NetPayment, type PaymentFamily } from './net-payments.js';
import { amountOf, moneyLine, storePaidIn, subjectOf, valueOf } from './payment-claim.js';

/**
 * Payments below what the seller says that a unit costs, under the rule that goes by cost. Fewer units paid than lost is
 * no matter of this one: the loss itself is claimed for the rest. Without a cost nothing is known, and nothing found.
 */
export const reimbursementUndervalued: ProductDetector = {
  subtype: 'reimbursement_undervalued',
  of: 'product',
  needs: ['reimbursements'],
  detect: (key, context) =>
    together(
      netPayments(distinct(key.facts.reimbursements), key.network).map((net) =>
        claimOf(net, key, context),
      ),
    ),
};

/** Losses before any customer ordered the unit: they are paid at its cost. */
const BEFORE_AN_ORDER: ReadonlySet<PaymentFamily> = new Set([
  'lost',
  'damaged',
  'inbound',
  'removal',
]);
/** Differences up to a hundredth of the cost are left alone: roundings, and a rate of exchange of another day. */
const TOLERATED = 100n;

function claimOf(net: NetPayment, key: ProductKey, context: Context): Detected {
  const short = shortfallOf(net, context);
  if (!short) return NOTHING;
  const { payment } = net;
  const { currency, quantityCash } = payment.data;
  const marketplace = storePaidIn(key.network, currency);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const day = dayInNetwork(key.network, payment.data.approvedAt);
  const { expected, paid } = short;
  const draft = {
    marketplace,
    anchor: [payment.key],
    subject: subjectOf(payment),
    startDay: day,
    statedByAmazon: true,
    quantity: quantityCash,
    value: valueOf('difference', expected - paid, { units: quantityCash, currency }),
    features: { exact_match: 1, excess_share: Number(expected - paid) / Number(expected) },
    allocation: [
      moneyLine('expected', payment, { day, units: quantityCash, minor: expected }),
      moneyLine('paid', payment, { day, units: quantityCash, minor: paid }),
    ],
    sources: [{ kind: 'reimbursement', key: payment.key }],
  };
  return judge(draft, reimbursementUndervalued, context);
}

/** What a payment in cash should have been, and was; null where it was enough, or nobody can tell. */
function shortfallOf(net: NetPayment, { costs }: Context) {
  const { payment, day } = net;
  const { sku, currency, quantityCash } = payment.data;
  const policy = isForCost(net) ? valuationFor(day) : null;
  const cost = policy?.basis === 'sourcing_cost' ? costs.of(sku, currency, day) : null;
  const paid = amountOf(payment);
  if (!policy || !cost || paid === null) return null;
  const expected = toMinor(times(atMost(cost, policy), quantityCash));
  return (expected - paid) * TOLERATED > expected ? { expected, paid } : null;
}

/** Cash for units that nobody had ordered, and that Amazon has not taken back. */
function isForCost({ payment: { data }, family, reversed }: NetPayment): boolean {
  return !reversed && data.quantityCash > 0 && BEFORE_AN_ORDER.has(family) && isNew(data.condition);
}

/** Stock that could not be sold as new is worth less, and rightly paid at less. */
function isNew(condition: string | null): boolean {
  return condition === null || /^(new|sellable)/i.test(condition.trim());
}
