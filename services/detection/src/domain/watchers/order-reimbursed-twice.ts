import type { MarketplaceRow } from '@recoup/domain';
import type { Context } from '../context.js';
import type { OrderFacts } from '../facts.js';
import { note, unitsText } from '../note.js';
import type { OrderLine } from '../orders/order-line.js';
import { orderBookOf } from '../orders/order-losses.js';
import { subjectOf } from '../orders/order-subject.js';
import type { NetPayment } from '../payments/net-payments.js';
import { amountOf, moneyLine } from '../payments/payment-claim.js';
import type { OrderWatcher } from '../watcher.js';

/**
 * Payments for more units of a line than were sold of it, and for more money: Amazon may take back what is too much. A payment
 * that only adds money to an earlier one pays for the same units once, and is none of it.
 */
export const orderReimbursedTwice: OrderWatcher = {
  kind: 'reimbursed_twice',
  of: 'order',
  needs: ['orders', 'transactions', 'reimbursements'],
  cleared: 'Amazon took a payment back, or a year has passed.',
  watch(facts, context) {
    const { marketplace, lines } = orderBookOf(facts, context);
    if (!marketplace) return [];
    return lines.flatMap((line) => sight(line, { facts, marketplace, context }));
  },
};

interface Look {
  readonly facts: OrderFacts;
  readonly marketplace: MarketplaceRow;
  readonly context: Context;
}

function sight(line: OrderLine, { facts, marketplace, context }: Look) {
  const sold = line.sale?.units ?? null;
  const paid = line.doubtful ? [] : line.payments.filter(({ units }) => units > 0);
  const units = paid.reduce((sum, net) => sum + net.units, 0);
  const last = [...paid].sort((a, b) => (a.day < b.day ? -1 : 1)).at(-1);
  if (!last || sold === null || sold <= 0 || units <= sold || !isMoreThanPaid(line, paid))
    return [];
  const { orderId } = facts;
  return note(
    {
      ...{ kind: 'reimbursed_twice', marketplace, anchor: [orderId, line.sku] },
      subject: subjectOf(line, facts, context),
      ...{ since: last.day, quantity: units - sold },
      reason: `Amazon paid for ${unitsText(units)} of order ${orderId}, of which ${unitsText(sold)} ${sold === 1 ? 'was' : 'were'} sold.`,
      nextStep: 'Do not spend it yet: Amazon may take back what it paid too much.',
      lines: paid.flatMap((net) => {
        const minor = amountOf(net.payment);
        const { day } = net;
        return minor === null
          ? []
          : [moneyLine('reimbursed', net.payment, { day, units: net.units, minor })];
      }),
      sources: paid.map(({ payment }) => ({ kind: 'reimbursement', key: payment.key })),
    },
    context,
  );
}

/** More money than the buyer paid for all of them; of what was paid in kind the units alone tell. */
function isMoreThanPaid({ sale }: OrderLine, paid: readonly NetPayment[]): boolean {
  if (paid.some(({ inventoryUnits }) => inventoryUnits > 0)) return true;
  let minor = 0n;
  for (const { payment } of paid) {
    const amount = amountOf(payment);
    if (amount === null || payment.data.currency !== sale?.currency) return false;
    minor += amount;
  }
  return sale !== null && minor > sale.of('Principal');
}
