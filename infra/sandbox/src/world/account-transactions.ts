import { DAY_MS, type Calendar } from './calendar.js';
import { totalCents, type Reimbursement } from './reimbursement.js';
import type { Seller } from './sellers.js';
import { leaf, transactionId, type Transaction } from './transaction.js';

/** The credits of reimbursements in cash, as far as they come. */
export function credits(rows: readonly Reimbursement[], { endMs }: Calendar): Transaction[] {
  return rows
    .filter(({ cash, creditedAfter }) => cash !== 0 && creditedAfter !== null)
    .map(reimbursementTransaction)
    .filter(({ postedMs }) => postedMs < endMs);
}

/** The money of a reimbursement. Amazon says neither its reason nor, on the item, what it is made of. */
function reimbursementTransaction(row: Reimbursement): Transaction {
  const cents = totalCents(row);
  const { product } = row;
  const kind = cents < 0 ? 'FBAReversedReimbursement' : 'FBAInventoryReimbursement';
  return {
    id: transactionId(product.marketplace.id, 'reimbursement', row.id),
    type: 'FBAInventoryReimbursement',
    status: 'RELEASED',
    description: 'FBAInventoryReimbursement',
    postedMs: row.ms + (row.creditedAfter ?? 0) * DAY_MS,
    marketplace: product.marketplace,
    cents,
    identifiers: row.orderId === null ? [] : [{ name: 'ORDER_ID', value: row.orderId }],
    items: [
      {
        description: product.title,
        sku: product.sku,
        asin: product.asin,
        fnsku: product.fnsku,
        orderItemId: null,
        units: Math.abs(row.cash),
        network: 'AFN',
        cents,
        breakdowns: null,
      },
    ],
    breakdowns: [leaf(kind, cents)],
    maturityMs: null,
  };
}

const MONTH = 30;
const SUBSCRIPTION_CENTS = 3_999;

/** The subscription of every month, charged in the seller's first marketplace. */
export function subscriptions(seller: Seller, calendar: Calendar): Transaction[] {
  const months = Array.from(
    { length: Math.floor((calendar.days - 4) / MONTH) + 1 },
    (_, n) => 4 + n * MONTH,
  );
  const [marketplace] = seller.marketplaces;
  if (!marketplace) return [];
  return months.map((day) => ({
    id: transactionId(seller.id, marketplace.id, 'Subscription', day),
    type: 'ServiceFee',
    status: 'RELEASED',
    description: 'Subscription',
    postedMs: calendar.startMs + day * DAY_MS + 5 * 3_600_000,
    marketplace,
    cents: -SUBSCRIPTION_CENTS,
    identifiers: [],
    items: [],
    breakdowns: [leaf('Subscription', -SUBSCRIPTION_CENTS)],
    maturityMs: null,
  }));
}
