import type { Seller } from '../world/sellers.js';
import type { Breakdown, Transaction, TransactionItem } from '../world/transaction.js';
import { groupIdAt } from './event-groups.js';

interface Currency {
  readonly currencyCode: string;
  readonly currencyAmount: number;
}

interface BreakdownView {
  readonly breakdownType: string;
  readonly breakdownAmount: Currency;
  readonly breakdowns: readonly BreakdownView[];
}

interface ItemView {
  readonly description: string;
  readonly relatedIdentifiers: readonly object[];
  readonly totalAmount: Currency;
  readonly breakdowns: readonly BreakdownView[] | null;
  readonly contexts: readonly object[];
}

/** Amazon's `Transaction`. */
export interface TransactionView {
  readonly sellingPartnerMetadata: object;
  readonly relatedIdentifiers: readonly {
    readonly relatedIdentifierName: string;
    readonly relatedIdentifierValue: string;
  }[];
  readonly transactionType: string;
  readonly transactionId: string;
  readonly transactionStatus: string;
  readonly description: string;
  readonly postedDate: string;
  readonly totalAmount: Currency;
  readonly marketplaceDetails: object;
  readonly items: readonly ItemView[];
  readonly contexts: readonly object[];
  readonly breakdowns: readonly BreakdownView[];
}

/** A transaction as Finances 2024-06-19 tells it. Its amounts are numbers, unlike those of the Orders API. */
export function transactionView(
  transaction: Transaction,
  seller: Seller,
  day: number,
): TransactionView {
  const { marketplace, postedMs } = transaction;
  const { currency } = marketplace;
  return {
    sellingPartnerMetadata: {
      sellingPartnerId: seller.id,
      accountType: 'STANDARD_ORDERS',
      marketplaceId: marketplace.id,
    },
    relatedIdentifiers: [
      ...transaction.identifiers.map(({ name, value }) => ({
        relatedIdentifierName: name,
        relatedIdentifierValue: value,
      })),
      {
        relatedIdentifierName: 'FINANCIAL_EVENT_GROUP_ID',
        relatedIdentifierValue: groupIdAt(seller.id, day),
      },
    ],
    transactionType: transaction.type,
    transactionId: transaction.id,
    transactionStatus: transaction.status,
    description: transaction.description,
    postedDate: new Date(postedMs).toISOString(),
    totalAmount: amount(transaction.cents, currency),
    marketplaceDetails: { marketplaceId: marketplace.id, marketplaceName: marketplace.name },
    items: transaction.items.map((item) => itemView(item, currency)),
    contexts: contextsOf(transaction),
    breakdowns: breakdownViews(transaction.breakdowns, currency),
  };
}

function contextsOf({ maturityMs }: Transaction) {
  if (maturityMs === null) return [];
  const maturityDate = new Date(maturityMs).toISOString();
  return [{ contextType: 'DeferredContext', deferralReason: 'B2B', maturityDate }];
}

function itemView(item: TransactionItem, currency: string): ItemView {
  return {
    description: item.description,
    relatedIdentifiers: [],
    totalAmount: amount(item.cents, currency),
    breakdowns: item.breakdowns && breakdownViews(item.breakdowns, currency),
    contexts: [
      {
        contextType: 'ProductContext',
        asin: item.asin,
        sku: item.sku,
        quantityShipped: item.units,
        fulfillmentNetwork: item.network,
      },
    ],
  };
}

function breakdownViews(breakdowns: readonly Breakdown[], currency: string): BreakdownView[] {
  return breakdowns.map(({ type, cents, parts }) => ({
    breakdownType: type,
    breakdownAmount: amount(cents, currency),
    breakdowns: breakdownViews(parts, currency),
  }));
}

function amount(cents: number, currencyCode: string): Currency {
  // -0 would be written as 0, but compare as something else.
  return { currencyCode, currencyAmount: cents === 0 ? 0 : cents / 100 };
}
