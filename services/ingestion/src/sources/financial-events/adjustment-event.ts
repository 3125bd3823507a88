import type { TransactionAmount } from '@recoup/contracts';
import type { AdjustmentEvent } from '../../amazon/financial-event-schemas.js';
import { unexplained } from '../transaction-amounts.js';
import type { DraftItem } from '../transaction-items.js';
import { amountOf } from './components.js';
import type { EventDraft } from './event-draft.js';

/** An adjustment of the account: payments for stock and their reversals, reserves, postage. Its type is its reason. */
export function adjustmentEvent(event: AdjustmentEvent): EventDraft {
  const kind = event.AdjustmentType;
  const items = (event.AdjustmentItemList ?? []).map((item): DraftItem => ({
    sku: item.SellerSKU ?? null,
    quantity: unitsOf(item.Quantity),
    asin: item.ASIN ?? null,
    fnsku: item.FnSKU ?? null,
    orderItemId: null,
    amounts: amountOf(kind, item.TotalAmount),
  }));
  return {
    type: 'Adjustment',
    posted: event.PostedDate,
    orderId: null,
    reason: kind,
    items,
    whole: beyond(event, items),
  };
}

/** What the items leave of the whole. */
function beyond(event: AdjustmentEvent, items: readonly DraftItem[]): TransactionAmount[] {
  const [whole] = amountOf(event.AdjustmentType, event.AdjustmentAmount);
  if (!whole || items.length === 0) return whole ? [whole] : [];
  const rest = unexplained(
    whole,
    items.flatMap(({ amounts }) => amounts),
  );
  return rest ? [{ ...rest, type: 'Other' }] : [];
}

function unitsOf(quantity: string | number | null | undefined): number | null {
  const units = Number(quantity ?? Number.NaN);
  return quantity !== '' && Number.isInteger(units) ? units : null;
}
