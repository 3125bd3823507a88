import { DAY_MS, type Calendar } from './calendar.js';
import { totalCents, type Reimbursement } from './reimbursement.js';
import type { Seller } from './sellers.js';
import { leaf, transactionId, type Transaction } from './transaction.js';

/** The money of a reimbursement. Amazon says neither its reason nor, on the item, what it is made of. */
export function reimbursementTransaction(row: Reimbursement): Transaction {
  const cents = totalCents(row);
  const { product } = row;
  return {
    id: transactionId(product.marketplace.id, 'reimbursement', row.id),
    type: 'Adjustment',
    status: 'RELEASED',
    description: 'FBAInventoryReimbursement',
    postedMs: row.ms,
    marketplace: product.marketplace,
    cents,
    identifiers: row.orderId === null ? [] : [{ name: 'ORDER_ID', value: row.orderId }],
    items: [
      {
        description: product.title,
        sku: product.sku,
        asin: product.asin,
        units: Math.abs(row.cash),
        network: 'AFN',
        cents,
        breakdowns: null,
      },
    ],
    breakdowns: [leaf('FBAInventoryReimbursement', cents)],
    maturityMs: null,
  };
}

const MONTH = 30;
const SUBSCRIPTION_CENTS = 3_999;
/** Storage of one product for a month: small standard size, off-peak. */
const STORAGE_CENTS = 78;

/** The subscription and the storage of every month; the fees of a second marketplace are charged there. */
export function serviceFees(seller: Seller, products: number, calendar: Calendar): Transaction[] {
  const months = Array.from(
    { length: Math.floor((calendar.days - 4) / MONTH) + 1 },
    (_, n) => 4 + n * MONTH,
  );
  return months.flatMap((day) =>
    seller.marketplaces.flatMap((marketplace, at) => {
      const postedMs = calendar.startMs + day * DAY_MS + 5 * 3_600_000 + at * 60_000;
      const fee = (description: string, cents: number): Transaction => ({
        id: transactionId(seller.id, marketplace.id, description, day),
        type: 'ServiceFee',
        status: 'RELEASED',
        description,
        postedMs,
        marketplace,
        cents,
        identifiers: [],
        items: [],
        breakdowns: [leaf(description, cents)],
        maturityMs: null,
      });
      const storage = fee('FBAStorageFee', -Math.round((STORAGE_CENTS * products) / (1 + at * 3)));
      return at === 0 ? [fee('Subscription', -SUBSCRIPTION_CENTS), storage] : [storage];
    }),
  );
}
