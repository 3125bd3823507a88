import type { OrderItemFact } from '@recoup/contracts';
import type { GivenFact, RawAnswer } from '@recoup/facts';

/** A line of an order before it is told apart from its equals. */
export type OrderLine = Omit<OrderItemFact, 'ordinal'>;

export interface GivenLine {
  readonly data: OrderLine;
  readonly raw: RawAnswer | null;
}

/**
 * The lines of one order as facts. Lines equal in SKU and ASIN, as of one product ordered with two gift wraps, are numbered
 * by what they hold and not by where they stand: reports give no order of lines, and each route one of its own. All lines
 * that are equal so must come in one call.
 */
export function numbered(lines: readonly GivenLine[]): GivenFact<'orderItem'>[] {
  const next = new Map<string, number>();
  return [...lines].sort(byContent).map(({ data, raw }) => {
    const key = productKey(data);
    const ordinal = next.get(key) ?? 0;
    next.set(key, ordinal + 1);
    return { data: { ...data, ordinal }, raw };
  });
}

/** What tells lines apart without an ordinal. */
export function productKey({ orderId, sku, asin }: OrderLine): string {
  return JSON.stringify([orderId, sku, asin]);
}

/** More units first, then by what every route tells of them; the ids that only some tell come last. */
function byContent({ data: a, raw: rawA }: GivenLine, { data: b, raw: rawB }: GivenLine): number {
  return (
    (b.quantity ?? -1) - (a.quantity ?? -1) ||
    compared(JSON.stringify(a.proceeds), JSON.stringify(b.proceeds)) ||
    compared(a.orderItemId ?? '', b.orderItemId ?? '') ||
    compared(JSON.stringify(rawA), JSON.stringify(rawB))
  );
}

function compared(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
