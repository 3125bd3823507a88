import type { TransactionFact } from '@recoup/contracts';
import type { TransactionRow } from '../domain/outcomes/credit.js';

export interface GivenTransaction {
  readonly amount: string;
  /** What the amount is for; a payment for stock unless said. */
  readonly word?: string;
  readonly day?: string;
  readonly sku?: string | null;
  readonly units?: number | null;
  readonly change?: Partial<TransactionFact>;
}

/** Money that Amazon booked for a product, as `listTransactions` tells of it: neither why, nor for which case. */
export function transaction({
  amount,
  word = amount.startsWith('-') ? 'FBAReversedReimbursement' : 'FBAInventoryReimbursement',
  day = '2026-11-06',
  sku = 'MUG-BLUE',
  units = null,
  change = {},
}: GivenTransaction): TransactionFact {
  const money = { type: word, amount, currency: 'USD' };
  return {
    type: 'Adjustment',
    held: false,
    postedDay: day,
    subject: '',
    ordinal: 0,
    total: { amount, currency: 'USD' },
    items: sku === null ? [] : [{ sku, quantity: units, amounts: [money] }],
    amounts: sku === null ? [money] : [],
    postedAt: `${day}T12:00:00Z`,
    orderId: null,
    transactionId: null,
    status: 'RELEASED',
    description: word,
    marketplaceId: 'ATVPDKIKX0DER',
    deferredUntil: null,
    identifiers: null,
    asins: null,
    reason: null,
    fnskus: null,
    orderItemIds: null,
    sku: null,
    ...change,
  };
}

/** The same under a key, first read after the claims were found. */
export function transactionRow(key: string, given: GivenTransaction): TransactionRow {
  return { key, data: transaction({ change: { transactionId: key }, ...given }), firstBatch: 2 };
}
