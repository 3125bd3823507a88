import type { AllocationLine } from '@recoup/contracts';
import { dayIn } from '@recoup/kernel';
import type { MarketplaceRow } from '@recoup/domain';
import type { Context } from '../context.js';
import { distinct, type CustomerReturn, type Payment } from '../facts.js';
import { note, unitsText, type Sight } from '../note.js';
import { soldAs } from '../orders/order-line.js';
import { orderBookOf } from '../orders/order-losses.js';
import { familyOf, isReversal, unitsOf } from '../payments/net-payments.js';
import type { OrderWatcher } from '../watcher.js';

/**
 * Payments and returns that name an order and a product that is none of it. They are set off against every product of the
 * order, so that nothing is claimed that they may have been for, and shown here for a person to settle.
 */
export const identityConflict: OrderWatcher = {
  kind: 'identity_conflict',
  of: 'order',
  needs: ['orders', 'transactions', 'returns', 'reimbursements'],
  cleared: 'Amazon names another product for it by now, or its days have passed.',
  watch(facts, context) {
    const { marketplace, lines } = orderBookOf(facts, context);
    if (!marketplace || lines.length === 0) return [];
    const skus = new Set(lines.map(({ sku }) => sku));
    const strange = (row: Payment | CustomerReturn) => isAnother(row, skus, context);
    const paid = distinct(facts.reimbursements)
      .filter((payment) => familyOf(payment) === 'order' && !isReversal(payment))
      .filter(strange)
      .map((payment) => ofPayment(payment, marketplace));
    const back = distinct(facts.returns)
      .filter(strange)
      .map((row) => ofReturn(row, marketplace));
    const { orderId } = facts;
    const products = [...skus].join(', ');
    return [...paid, ...back].flatMap(({ what, row: { data }, ...sight }) =>
      note(
        {
          ...{ kind: 'identity_conflict', marketplace, ...sight },
          subject: {
            ...{ fnsku: data.fnsku, sku: data.sku, asin: data.asin, orderId },
            productName: data.productName,
          },
          reason:
            `${what} names order ${orderId} and the product ${data.sku} (${data.fnsku}), which is not in that order (${products}). ` +
            'For any claim about the order it counts as if it were.',
          nextStep: 'Find out in Seller Central which product it was for.',
        },
        context,
      ),
    );
  },
};

/** By its SKU no product of the order; or by the SKU of one, and known by the ledger as another FNSKU of another ASIN. */
function isAnother(
  { data }: Payment | CustomerReturn,
  skus: ReadonlySet<string>,
  { catalogue }: Context,
): boolean {
  const sku = soldAs(data.sku, skus);
  if (sku === null) return true;
  const known = sku === data.sku ? catalogue.of(sku) : null;
  return known !== null && known.fnsku !== data.fnsku && known.asin !== data.asin;
}

interface Conflict extends Pick<Sight, 'anchor' | 'since' | 'quantity' | 'lines' | 'sources'> {
  readonly what: string;
  readonly row: Payment | CustomerReturn;
}

function ofPayment(row: Payment, { timeZone }: MarketplaceRow): Conflict {
  const { reimbursementId, approvedAt, orderId, fnsku } = row.data;
  const day = dayIn(timeZone, new Date(approvedAt));
  const quantity = unitsOf(row);
  return {
    ...{ row, since: day, quantity },
    what: `Reimbursement ${reimbursementId} of ${day} for ${unitsText(quantity)}`,
    anchor: ['payment', orderId ?? '', reimbursementId, fnsku],
    lines: linesOf('reimbursed', { day, quantity, reference: reimbursementId, facility: null }),
    sources: [{ kind: 'reimbursement', key: row.key }],
  };
}

function ofReturn(row: CustomerReturn, { timeZone }: MarketplaceRow): Conflict {
  const { returnedAt, orderId, quantity, licensePlateNumber, fulfillmentCenter } = row.data;
  const day = dayIn(timeZone, new Date(returnedAt));
  const facility = fulfillmentCenter || null;
  const reference = licensePlateNumber ?? orderId;
  return {
    ...{ row, since: day, quantity },
    what: `A return of ${unitsText(quantity)} of ${day}`,
    anchor: ['return', row.key],
    lines: linesOf('returned', { day, quantity, reference, facility }),
    sources: [{ kind: 'customerReturn', key: row.key }],
  };
}

function linesOf(
  kind: AllocationLine['kind'],
  line: Omit<AllocationLine, 'kind'>,
): readonly AllocationLine[] {
  return line.quantity > 0 ? [{ kind, ...line }] : [];
}
