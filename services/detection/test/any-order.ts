import { addDays } from '@recoup/kernel';
import fc from 'fast-check';
import type { OrderFacts } from '../src/domain/facts.js';
import { ORDER, refund, replaced, returned, sale } from './order-story.js';
import { payment } from './story.js';

/** Everything that is known of an order, but for the order itself. */
export type OrderTale = Pick<
  OrderFacts,
  'transactions' | 'returns' | 'replacements' | 'reimbursements'
>;

/** All of it happens within 45 days, so that on its last day nothing can be too late to claim. */
export const ORDER_BEGINS = '2026-07-01';
export const ORDER_TOLD = addDays(ORDER_BEGINS, 45);

const day = fc.integer({ min: 1, max: 44 }).map((n) => addDays(ORDER_BEGINS, n));
const units = fc.integer({ min: 1, max: 3 });

const refunds = fc.record({ day, units });
const returns = fc.record({
  day,
  quantity: units,
  disposition: fc.constantFrom('SELLABLE', 'CUSTOMER_DAMAGED', 'DAMAGED', 'CARRIER_DAMAGED'),
  sku: fc.constantFrom('SKU-1', 'SKU-1', 'amzn.gr.SKU-1-a', 'SKU-9'),
});
const replacements = fc.record({ day, units, code: fc.constantFrom('0', '1', '2', '5') });

/** A payment for the order in cash: enough, too little, or more than its units are worth. */
export const anyPayment = fc
  .record({
    day,
    units,
    reason: fc.constantFrom(
      ...['CustomerReturn', 'Lost_Outbound', 'CustomerServiceIssue', 'GeneralAdjustment'],
    ),
    perUnit: fc.constantFrom('12.00', '7.50', '0.40', '13.25'),
  })
  .map((paid) => payment({ ...paid, order: ORDER }));

/** An order of up to four units of one product, and what came of them. */
export const anyOrder: fc.Arbitrary<OrderTale> = fc
  .record({
    sold: fc.integer({ min: 1, max: 4 }),
    refunds: fc.array(refunds, { maxLength: 3 }),
    returns: fc.array(returns, { maxLength: 3 }),
    replacements: fc.array(replacements, { maxLength: 2 }),
    reimbursements: fc.array(anyPayment, { maxLength: 4 }),
  })
  .map(({ sold, reimbursements, ...told }) => ({
    transactions: [
      sale(sold, { day: ORDER_BEGINS }),
      ...told.refunds.map((one) => refund(one.day, one.units)),
    ],
    returns: told.returns.map(({ day: on, ...more }, n) =>
      returned(on, { ...more, licensePlateNumber: `LPN${n}` }),
    ),
    replacements: told.replacements.map((one) => replaced(one.day, one.code, one.units)),
    reimbursements,
  }));
