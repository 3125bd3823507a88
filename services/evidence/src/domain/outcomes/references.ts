import { groupBy } from '@recoup/kernel';
import type { Credit } from './credit.js';
import type { Pairing } from './pair-credits.js';
import { minorOf, type PaymentRow } from './payment-row.js';

/** References under which the payment that a row takes back may have been counted. */
export type ReferencesOf = (reversal: PaymentRow) => readonly string[];

interface Known extends Pick<Pairing, 'toldBefore'> {
  readonly rows: readonly PaymentRow[];
  /** Transactions that were counted. */
  readonly counted: readonly Credit[];
}

/**
 * A payment is counted under its reimbursement id, or under the transaction that told of it before its row did. Of an id that
 * no row has only a transaction can have told: the one of exactly this sum for the product, if there is one alone.
 */
export function referencesIn({ rows, toldBefore, counted }: Known): ReferencesOf {
  const byId = groupBy(rows, ({ data }) => data.reimbursementId);
  return (reversal) => {
    const { originalReimbursementId: id, sku, currency } = reversal.data;
    if (id === null) return [];
    const named = byId.get(id);
    if (named) {
      return [id, ...new Set(named.flatMap(({ key }) => toldBefore.get(key)?.reference ?? []))];
    }
    const minor = minorOf(reversal);
    const equals = counted.filter(
      (one) => one.sku === sku && one.currency === currency && one.minor === minor,
    );
    return equals.length === 1 ? equals.map(({ reference }) => reference) : [id];
  };
}
