import type { Calendar } from '../world/calendar.js';
import type { Marketplace } from '../world/marketplaces.js';
import type { Product } from '../world/product.js';
import type { Seller } from '../world/sellers.js';
import { leaf, transactionId, type Transaction } from '../world/transaction.js';
import type { StorageBook } from './storage-book.js';

interface Posting {
  readonly description: 'FBAStorageFee' | 'FBALongTermStorageFee';
  readonly month: string;
  readonly postedMs: number;
  readonly charges: Iterable<{ readonly product: Product; readonly cents: number }>;
}

/** The storage of each month in one sum for each marketplace: to the cent what the reports say product by product. */
export function storageTransactions(
  seller: Seller,
  book: StorageBook,
  { endMs }: Calendar,
): Transaction[] {
  const storage = book.publishedBefore(endMs).map((month): Posting => {
    const { name, publishedMs } = month;
    const charges = book.chargesOf(month);
    return { description: 'FBAStorageFee', month: name, postedMs: publishedMs, charges };
  });
  const aged = book.agedBefore(endMs).map((month): Posting => {
    const { name, agedMs } = month;
    const charges = book.agedChargesOf(month);
    return { description: 'FBALongTermStorageFee', month: name, postedMs: agedMs, charges };
  });
  return [...storage, ...aged].flatMap((posting) => transactionsOf(seller, posting));
}

function transactionsOf(seller: Seller, posting: Posting): Transaction[] {
  const { description, month, postedMs } = posting;
  const sums = new Map<Marketplace, number>();
  for (const { product, cents } of posting.charges) {
    sums.set(product.marketplace, (sums.get(product.marketplace) ?? 0) + cents);
  }
  return seller.marketplaces.flatMap((marketplace, at) => {
    const cents = -(sums.get(marketplace) ?? 0);
    if (cents === 0) return [];
    return [
      {
        id: transactionId(seller.id, marketplace.id, description, month),
        type: 'ServiceFee',
        status: 'RELEASED',
        description,
        // A minute apart, so that no two stand at one instant.
        postedMs: postedMs + at * 60_000,
        marketplace,
        cents,
        identifiers: [],
        items: [],
        breakdowns: [leaf(description, cents)],
        maturityMs: null,
      } as const,
    ];
  });
}
