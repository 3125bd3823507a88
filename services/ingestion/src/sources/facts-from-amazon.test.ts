import { ledgerFactSchema, reimbursementFactSchema } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../amazon/errors.js';
import { decimalOf } from './decimal.js';
import { ledgerFact } from './ledger-fact.js';
import { reimbursementFact } from './reimbursement-fact.js';

const ledgerRow = {
  date: '03/09/2026',
  fnsku: 'X001',
  asin: 'B01',
  msku: 'SKU-1',
  title: 'Kettle',
  event_type: 'Adjustments',
  reference_id: '123',
  quantity: '-16',
  fulfillment_center: 'ABE2',
  disposition: 'SELLABLE',
  reason: 'M',
  country: 'US',
  reconciled_quantity: '5',
  unreconciled_quantity: '11',
};

describe('ledgerFact', () => {
  it('given a row as Amazon writes it, then a fact that the contract accepts', () => {
    const fact = ledgerFactSchema.parse(ledgerFact(ledgerRow));
    expect(fact).toMatchObject({ day: '2026-03-09', quantity: -16, unreconciledQuantity: 11 });
    expect(fact.occurredAt).toBeNull();
  });

  it('given a cell that is empty, then unknown and not zero', () => {
    expect(ledgerFact({ ...ledgerRow, unreconciled_quantity: '' }).unreconciledQuantity).toBeNull();
  });

  it.each(['reference_id', 'quantity', 'date'])(
    'given a report without the column %s, then it is refused instead of read as nothing',
    (column) => {
      const { [column as keyof typeof ledgerRow]: _, ...row } = ledgerRow;
      expect(() => ledgerFact(row)).toThrow(UnexpectedAnswer);
    },
  );

  it('given a date in another form, then it is refused', () => {
    expect(() => ledgerFact({ ...ledgerRow, date: '9.3.2026' })).toThrow(UnexpectedAnswer);
  });
});

const reimbursementRow = {
  approval_date: '2026-03-10T07:00:00+00:00',
  reimbursement_id: '77',
  case_id: '',
  amazon_order_id: '',
  reason: 'Lost_Warehouse',
  sku: 'SKU-1',
  fnsku: 'X001',
  asin: 'B01',
  product_name: 'Kettle',
  condition: 'New',
  currency_unit: 'USD',
  amount_per_unit: '12.50',
  amount_total: '62.50',
  quantity_reimbursed_cash: '5',
  quantity_reimbursed_inventory: '0',
  quantity_reimbursed_total: '5',
  original_reimbursement_id: '',
};

describe('reimbursementFact', () => {
  it('given amounts with a comma, as reports of some marketplaces write them, then the same amounts', () => {
    const fact = reimbursementFact({
      ...reimbursementRow,
      amount_per_unit: '1.012,50',
      amount_total: '5062,5',
    });
    expect(fact).toMatchObject({ amountPerUnit: '1012.50', amountTotal: '5062.5' });
  });

  it('given a row, then a fact that the contract accepts, with what is empty unknown', () => {
    const fact = reimbursementFact(reimbursementRow);
    expect(reimbursementFactSchema.parse(fact)).toMatchObject({
      approvedAt: '2026-03-10T07:00:00.000Z',
      caseId: null,
      originalReimbursementType: null,
    });
  });
});

describe('decimalOf', () => {
  it.each([
    [0.1, '0.1'],
    [-1234.5, '-1234.5'],
    [1e-7, '0.0000001'],
    ['11.01', '11.01'],
  ])('given %s, then %s', (value, text) => expect(decimalOf(value, 'x')).toBe(text));

  it.each(['', '1,5', 'abc', Number.NaN])('given %s, then it is refused', (value) => {
    expect(() => decimalOf(value, 'x')).toThrow(UnexpectedAnswer);
  });
});
