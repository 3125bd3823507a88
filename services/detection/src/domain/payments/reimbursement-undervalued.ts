import { dayInNetwork } from '@recoup/domain';
import { times, toMinor } from '@recoup/kernel';
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

function claimOf(net: NetPayment, key: ProductKey, context: Context): Detected {
  const short = shortfallOf(net, context);
  if (!short) return NOTHING;
  const { payment } = net;
  const { currency, quantityCash: units } = payment.data;
  const marketplace = storePaidIn(key.network, currency);
  if (!marketplace) return { ...NOTHING, withoutPolicy: 1 };
  const day = dayInNetwork(key.network, payment.data.approvedAt);
  const one = { payment, marketplace, day, units, ...short };
  return undervaluedClaim(one, reimbursementUndervalued, context);
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
  return isTooLow(expected, paid) ? { expected, paid } : null;
}

/** Cash for units that nobody had ordered, and that Amazon has not taken back. */
function isForCost(net: NetPayment): boolean {
  const { payment, family, reversed } = net;
  const inCash = payment.data.quantityCash > 0;
  return !reversed && inCash && BEFORE_AN_ORDER.has(family) && isNew(net);
}
