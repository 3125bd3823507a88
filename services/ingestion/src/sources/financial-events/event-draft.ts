import type { TransactionAmount } from '@recoup/contracts';
import type { DraftTransaction } from '../numbered-transactions.js';
import { totalOf } from '../transaction-amounts.js';
import { columnsOfItems, type DraftItem } from '../transaction-items.js';
import { secondOf } from '../instant.js';

/** What the different shapes of events come to. */
export interface EventDraft {
  readonly type: string;
  /** As Amazon wrote it; some events have none. */
  readonly posted: string | null | undefined;
  readonly orderId: string | null | undefined;
  readonly reason: string | null | undefined;
  readonly items: readonly DraftItem[];
  /** What is about no item. */
  readonly whole: readonly TransactionAmount[];
}

/**
 * An event as the facts keep it. `day` is the day that was asked for: an event without a date is of that day. v0 shows
 * events only once they are released, and says neither an id nor a marketplace.
 */
export function draftOfEvent(event: EventDraft, day: string): DraftTransaction['data'] {
  const { type, items, whole } = event;
  const postedAt = event.posted ? secondOf(event.posted, 'PostedDate') : null;
  return {
    type,
    held: false,
    postedDay: postedAt?.slice(0, 10) ?? day,
    postedAt,
    total: totalOf([...items.flatMap(({ amounts }) => amounts), ...whole]),
    ...columnsOfItems(type, items, whole),
    orderId: event.orderId || null,
    status: 'RELEASED',
    reason: event.reason || null,
    transactionId: null,
    description: null,
    marketplaceId: null,
    deferredUntil: null,
    identifiers: null,
  };
}
