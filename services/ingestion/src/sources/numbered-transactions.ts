import { isOfOrder, type TransactionFact } from '@recoup/contracts';
import type { RawAnswer } from '@recoup/facts';

/** A transaction as one generation tells it, before it is known which others are its equals. */
export interface DraftTransaction {
  readonly data: Omit<TransactionFact, 'subject' | 'ordinal'>;
  readonly raw: RawAnswer | null;
}

export interface NumberedTransaction {
  readonly data: TransactionFact;
  readonly raw: RawAnswer | null;
}

/** Types of which v0 says no instant. They are told apart within a day. */
const UNDATED: ReadonlySet<string> = new Set(['ServiceFee', 'DebtRecovery', 'LoanServicing']);

/**
 * Gives transactions their identity. Neither generation's ids are known to the other, so it is made of what both tell; those
 * that are equal in it are numbered, in an order that follows from what they say and not from how they came. All of a day
 * must come together: what is left out would be numbered anew.
 */
export function numbered(drafts: readonly DraftTransaction[]): NumberedTransaction[] {
  const equals = new Map<string, { subject: string; drafts: DraftTransaction[] }>();
  for (const draft of drafts) {
    const { type, held, postedDay } = draft.data;
    const subject = subjectOf(draft.data);
    const key = JSON.stringify([type, held, postedDay, subject]);
    const group = equals.get(key) ?? { subject, drafts: [] };
    group.drafts.push(draft);
    equals.set(key, group);
  }
  return [...equals.values()].flatMap(({ subject, drafts: twins }) =>
    inOrder(twins).map(({ data, raw }, ordinal) => ({ data: { ...data, subject, ordinal }, raw })),
  );
}

function subjectOf({ type, postedAt, orderId, total, items, amounts }: DraftTransaction['data']) {
  const sum = total && [total.amount, total.currency];
  if (UNDATED.has(type)) return JSON.stringify([sum, amounts.map((one) => one.type)]);
  const skus = items.map(({ sku }) => sku).sort();
  return JSON.stringify([postedAt, isOfOrder(type) ? orderId : sum, ...skus]);
}

function inOrder(twins: readonly DraftTransaction[]): readonly DraftTransaction[] {
  if (twins.length < 2) return twins;
  return twins
    .map((draft) => ({ draft, rank: rankOf(draft.data) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ draft }) => draft);
}

/** What both generations tell comes first, so that both put the same one first wherever it can be told. */
function rankOf({
  items,
  amounts,
  orderId,
  sku,
  postedAt,
  transactionId,
}: DraftTransaction['data']) {
  return JSON.stringify([items, amounts, orderId, sku, postedAt, transactionId]);
}
