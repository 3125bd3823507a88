import { marketplaceOfChannel, marketplaceOfId, type MarketplaceRow } from '@recoup/domain';
import { assertedOf } from '../assertions.js';
import type { Context } from '../context.js';
import type { OrderFacts } from '../facts.js';
import { allocateLine, type OrderLoss } from './order-allocation.js';
import { linesOf, type OrderLine } from './order-line.js';

export interface OrderBook {
  /** Null where nothing says in which store it was sold. */
  readonly marketplace: MarketplaceRow | null;
  readonly lines: readonly OrderLine[];
  readonly losses: readonly OrderLoss[];
}

const known = new WeakMap<OrderFacts, { readonly context: Context; readonly book: OrderBook }>();

/** What an order's units came to, reckoned once for all detectors: no unit, return or payment counts for two of them. */
export function orderBookOf(facts: OrderFacts, context: Context): OrderBook {
  const before = known.get(facts);
  if (before?.context === context) return before.book;
  const book = reckon(facts, context);
  known.set(facts, { context, book });
  return book;
}

function reckon(facts: OrderFacts, context: Context): OrderBook {
  const marketplace = marketplaceOf(facts);
  if (!marketplace) return { marketplace, lines: [], losses: [] };
  const lines = linesOf(facts, marketplace.network);
  const { orderId } = facts;
  const lost = new Set((context.lostReturns.get(orderId) ?? []).map(({ key }) => key));
  const wrong = assertedOf(context.assertions, { subtype: 'return_wrong_item', orderId });
  const losses = lines.flatMap((line) =>
    allocateLine(line, {
      marketplace,
      lost,
      asserted: wrong
        .filter(({ sku }) => sku === line.sku)
        .reduce((sum, { quantity }) => sum + quantity, 0),
    }),
  );
  return { marketplace, lines, losses };
}

function marketplaceOf({ order, transactions }: OrderFacts): MarketplaceRow | null {
  const id =
    order?.data.marketplaceId ??
    transactions.find(({ data }) => data.marketplaceId)?.data.marketplaceId;
  if (id) return marketplaceOfId(id);
  const channel = order?.data.salesChannel;
  return channel ? marketplaceOfChannel(channel) : null;
}
