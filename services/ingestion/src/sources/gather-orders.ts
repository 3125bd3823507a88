import type { GivenFact } from '@recoup/facts';
import type { OrderRow } from './order-row-fact.js';
import { numbered, productKey, type GivenLine } from './order-lines.js';
import { seenKeys } from './seen-keys.js';
import type { FactSink } from './source.js';

/** Facts handed on at a time. */
const PORTION = 1000;

/** Makes facts of a report's rows as they come. */
export interface OrderGathering {
  row(row: OrderRow): Promise<void>;
  /**
   * After the last row: answers which lines stand apart from an equal one of their order, by product key. These are not
   * numbered yet.
   */
  finish(): Promise<ReadonlySet<string>>;
}

/**
 * Lines of an order that are equal in SKU and ASIN can only be numbered together, and nothing says that a report keeps the
 * rows of an order together. Those that stand together are numbered as they pass; of all others only fingerprints are kept,
 * which tell the few that have an equal elsewhere. So memory does not follow the report, in whatever order its rows are.
 */
export function gatherOrders(sink: FactSink): OrderGathering {
  const seen = seenKeys();
  const apart = new Set<string>();
  let orders: GivenFact<'order'>[] = [];
  let items: GivenFact<'orderItem'>[] = [];
  let current: { readonly order: GivenFact<'order'>; readonly lines: GivenLine[] } | null = null;

  async function flush(): Promise<void> {
    const [ownOrders, ownItems] = [orders, items];
    [orders, items] = [[], []];
    if (ownOrders.length > 0) await sink.write('order', ownOrders);
    if (ownItems.length > 0) await sink.write('orderItem', ownItems);
  }

  function close(): void {
    if (!current) return;
    const { order, lines } = current;
    current = null;
    orders.push(order);
    for (const key of new Set(lines.map(({ data }) => productKey(data)))) {
      if (!seen.add(key)) apart.add(key);
    }
    items.push(...numbered(lines.filter(({ data }) => !apart.has(productKey(data)))));
  }

  return {
    async row({ order, line }) {
      if (current?.order.data.orderId !== order.data.orderId) {
        close();
        if (orders.length >= PORTION) await flush();
      }
      current ??= { order, lines: [] };
      current.lines.push(line);
    },
    async finish() {
      close();
      await flush();
      return apart;
    },
  };
}
