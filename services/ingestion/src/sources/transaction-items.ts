import type { TransactionAmount, TransactionFact } from '@recoup/contracts';
import { collected } from './transaction-amounts.js';

/** A part of a transaction as one generation tells it. */
export interface DraftItem {
  readonly sku: string | null;
  readonly quantity: number | null;
  readonly amounts: readonly TransactionAmount[];
  readonly asin: string | null;
  readonly fnsku: string | null;
  readonly orderItemId: string | null;
}

type Columns = Pick<
  TransactionFact,
  'items' | 'amounts' | 'asins' | 'fnskus' | 'orderItemIds' | 'sku'
>;

/** Types of which both generations say what each product has part in. Of others only the whole is comparable. */
const ITEMISED: ReadonlySet<string> = new Set([
  'Shipment',
  'ShipmentSettle',
  'Refund',
  'Chargeback',
  'GuaranteeClaim',
  'Adjustment',
]);

/**
 * The columns about products: items in a fixed order where the type has them, else all amounts at the whole. An item that
 * names no product is part of the whole.
 */
export function columnsOfItems(
  type: string,
  drafts: readonly DraftItem[],
  whole: readonly TransactionAmount[],
): Columns {
  const itemised = ITEMISED.has(type);
  const named = drafts.filter(({ sku }) => itemised && sku !== null && sku !== '');
  const unnamed = drafts.filter((draft) => !named.includes(draft));
  const sorted = named
    .map((draft) => ({
      draft,
      item: {
        sku: draft.sku ?? '',
        quantity: draft.quantity,
        amounts: collected(draft.amounts),
      },
    }))
    .map(({ draft, item }) => ({ draft, item, rank: JSON.stringify([item, draft]) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  const column = (of: (draft: DraftItem) => string | null) => {
    const values = sorted.map(({ draft }) => of(draft));
    return values.some((value) => value !== null) ? values : null;
  };
  return {
    items: sorted.map(({ item }) => item),
    amounts: collected([...whole, ...unnamed.flatMap(({ amounts }) => amounts)]),
    asins: column(({ asin }) => asin),
    fnskus: column(({ fnsku }) => fnsku),
    orderItemIds: column(({ orderItemId }) => orderItemId),
    sku: itemised ? null : (drafts.find(({ sku }) => sku)?.sku ?? null),
  };
}
