import { describe, expect, it } from 'vitest';
import { rawTransaction } from './raw-transactions.js';

describe('what is kept of a transaction', () => {
  it('is its amounts at every depth, and nothing of how it was paid for or of whom', () => {
    const leaf = {
      breakdownType: 'Base',
      breakdownAmount: { currencyAmount: 1, currencyCode: 'USD' },
    };
    const branch = { ...leaf, breakdownType: 'Commission', breakdowns: [leaf] };
    const kept = {
      transactionId: 't1',
      items: [{ breakdowns: [{ ...branch, breakdowns: [branch] }] }],
    };
    const original = {
      ...kept,
      buyer: { name: 'Jane Doe' },
      contexts: [{ paymentMethod: 'card', paymentReference: '4242' }],
    };
    expect(rawTransaction(original)).toEqual(kept);
  });
});
