import type { TransactionItem } from '@recoup/contracts';
import { marketplaceOfId, type MarketplaceRow } from '@recoup/domain';
import { dayIn } from '@recoup/kernel';
import { distinct, type Keyed, type OrderFacts } from '../facts.js';

type Transaction = OrderFacts['transactions'][number];

/** What was charged when units of an order were shipped. */
export interface ChargedSale {
  /** Of the transaction. */
  readonly key: string;
  readonly orderId: string;
  readonly marketplace: MarketplaceRow;
  /** The day in the marketplace's calendar. Windows count from it. */
  readonly day: string;
  /** The day in UTC. */
  readonly postedDay: string;
  /**
   * Whether it was posted when it was shipped, by whose day fees are charged. The older generation of Amazon's Finances
   * tells of money that was held back only when it is released.
   */
  readonly dated: boolean;
  readonly items: readonly TransactionItem[];
}

/** The shipments of an order, each once: the release of money that was held back repeats what is known already. */
export function chargedSales(order: OrderFacts): readonly ChargedSale[] {
  return once(order)
    .filter(({ data }) => data.type === 'Shipment')
    .flatMap((transaction) => saleOf(transaction, order) ?? []);
}

/** What took money of an order back to its buyer. */
export function refundsOf(order: OrderFacts): readonly Transaction[] {
  return once(order).filter(({ data }) => REFUNDS.has(data.type));
}

const REFUNDS = new Set(['Refund', 'Chargeback', 'GuaranteeClaim']);

function once(order: OrderFacts): readonly Transaction[] {
  const transactions = distinct(order.transactions);
  const held = new Set(
    transactions.flatMap(({ data }) =>
      data.held && data.transactionId !== null ? [data.transactionId] : [],
    ),
  );
  return transactions.filter((one) => {
    const released = releaseOf(one);
    return released === null || !held.has(released);
  });
}

/** The transaction whose money it lets go. */
function releaseOf({ data }: Transaction): string | null {
  const named = data.identifiers?.find(({ name }) => name === 'DEFERRED_TRANSACTION_ID');
  return named?.value ?? null;
}

function saleOf(transaction: Transaction, order: OrderFacts): ChargedSale | null {
  const { data, key } = transaction;
  const marketplace = marketplaceOfId(data.marketplaceId ?? order.order?.data.marketplaceId ?? '');
  if (!marketplace) return null;
  return {
    key,
    orderId: order.orderId,
    marketplace,
    day: dayOf(transaction, marketplace),
    postedDay: data.postedDay,
    dated: data.status !== null && releaseOf(transaction) === null,
    items: data.items,
  };
}

function dayOf({ data }: Keyed<Transaction['data']>, { timeZone }: MarketplaceRow): string {
  return data.postedAt === null ? data.postedDay : dayIn(timeZone, new Date(data.postedAt));
}
