import type { GivenFact } from '@recoup/facts';
import type { OrderRow } from './order-row-fact.js';
import { numbered, productKey, type GivenLine } from './order-lines.js';
import { seenKeys } from './seen-keys.js';
import type { FactSink } from './source.js';

/** Facts handed on at a time. */
const PORTION = 1000;

export interface RowTaker {
  row(row: OrderRow): Promise<void>;
  /** The rows come once more from the first. */
  restart(): Promise<void>;
}

/**
 * Stores the orders of a report. `walk` hands on all its rows, and does so a second time when asked again.
 *
 * Lines of an order that are equal in SKU and ASIN can only be numbered together, and nothing says that a report keeps the
 * rows of an order together. Those that stand together are numbered as they pass; of all others only fingerprints are kept,
 * which tell the few that have an equal elsewhere: these are gathered in a second walk. So memory does not follow the
 * report, in whatever order its rows are.
 */
export async function storeOrders(
  sink: FactSink,
  walk: (taker: RowTaker) => Promise<void>,
): Promise<void> {
  let gathering = gather(sink);
  await walk({
    row: (row) => gathering.row(row),
    async restart() {
      gathering = gather(sink);
      await sink.restart();
    },
  });
  const apart = await gathering.finish();
  if (apart.size > 0) await storeApart(sink, walk, apart);
}

async function storeApart(
  sink: FactSink,
  walk: (taker: RowTaker) => Promise<void>,
  apart: ReadonlySet<string>,
): Promise<void> {
  const lines = new Map<string, GivenLine[]>();
  await walk({
    row({ line }) {
      const key = productKey(line.data);
      if (apart.has(key)) lines.set(key, [...(lines.get(key) ?? []), line]);
      return Promise.resolve();
    },
    restart() {
      lines.clear();
      return Promise.resolve();
    },
  });
  // Of two facts of one identity the later counts: what the first walk numbered alone is replaced.
  await sink.write('orderItem', [...lines.values()].flatMap(numbered));
}

interface Gathering {
  row(row: OrderRow): Promise<void>;
  /** Answers the products, by key, of which an order has lines that stand apart: not all of these are stored yet. */
  finish(): Promise<ReadonlySet<string>>;
}

function gather(sink: FactSink): Gathering {
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
