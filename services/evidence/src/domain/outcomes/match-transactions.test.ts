import type { ClaimSubtype } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { claimOf, detectedData } from '../../testing/detected.js';
import { counted, folded, rowOf } from '../../testing/matching.js';
import { lostRow } from '../../testing/rows.js';
import { transactionRow, type GivenTransaction } from '../../testing/transactions.js';
import { creditsOf } from './credit.js';
import type { Payee } from './match.js';
import { matchOutcomes, type Told } from './match-outcomes.js';

const READ = '2027-01-31';

interface Given {
  readonly units?: number;
  readonly subtype?: ClaimSubtype;
  readonly orderId?: string;
  readonly filed?: boolean;
}

/** A claim for units at 7.50 USD each, filed on 10 November where it is. */
function payee(reference: string, given: Given = {}): Payee {
  const { units = 4, subtype = 'lost_warehouse', orderId = null, filed = true } = given;
  const data = detectedData({ ledger: [lostRow({ quantity: -units, referenceId: reference })] });
  const found = claimOf({ ...data, subtype, subject: { ...data.subject, orderId } });
  const submission = { channel: 'sandbox', amazonCaseId: `C-${reference}` } as const;
  const submitted = { ...submission, submittedAt: '2026-11-10T00:00:00Z' };
  const event = { type: 'claim.submitted', data: { claimId: found.claimId, ...submitted } };
  return { state: folded(found, filed ? [event] : []), foundAsOf: 1, endedAsOf: null };
}

const told = (...given: readonly GivenTransaction[]): Told => ({
  rows: [],
  credits: creditsOf(given.map((one, n) => transactionRow(`T${n}`, { day: '2026-11-20', ...one }))),
  reportsReadTo: READ,
});

const money = ({ state }: Payee) => ({
  paid: state.payments.map(({ amount }) => amount?.amount),
  unasked: state.unasked.map(({ amount }) => amount?.amount),
  back: state.reversals.map(({ amount }) => amount.amount),
});

const first = (payees: readonly Payee[]) => {
  const [one] = payees;
  if (!one) throw new Error('there is no claim');
  return one;
};

describe('given money that no report tells of', () => {
  it('when it is exactly what one claim expects, then it is its, once the report can no longer tell', () => {
    const claims = [payee('L-1'), payee('L-2', { units: 2 })];
    const came = told({ amount: '30.00' });
    expect(counted(claims, came).map(money)).toMatchObject([{ paid: ['30.00'] }, { paid: [] }]);
    expect(matchOutcomes(claims, { ...came, reportsReadTo: '2026-12-24' })).toEqual([]);
    expect(matchOutcomes(claims, { ...came, reportsReadTo: '2026-12-25' })).toHaveLength(1);
    expect(matchOutcomes(claims, { ...came, reportsReadTo: null })).toEqual([]);
  });

  it('when two claims expect it, then nothing is counted, and a person is told once', () => {
    const claims = [payee('L-1'), payee('L-2')];
    const [conflict, ...more] = matchOutcomes(claims, told({ amount: '30.00' }));
    expect(conflict).toMatchObject({ as: 'conflict', reasons: [expect.stringContaining(' or ')] });
    expect(more).toEqual([]);
    const after = counted(claims, told({ amount: '30.00' }));
    expect(after.map(money)).toMatchObject([{ paid: [] }, { paid: [] }]);
    expect(matchOutcomes(after, told({ amount: '30.00' }))).toEqual([]);
  });

  it('when it came before the claim was filed, then nobody had asked for it', () => {
    const came = told({ amount: '30.00', day: '2026-11-08' });
    expect(money(first(counted([payee('L-1')], came)))).toMatchObject({ unasked: ['30.00'] });
  });

  it('when it is taken back, then that is taken from the payment of exactly this sum', () => {
    const back = { amount: '-30.00', day: '2026-11-25' };
    const after = counted([payee('L-1')], told({ amount: '30.00' }, back));
    expect(money(first(after))).toEqual({ paid: ['30.00'], unasked: [], back: ['30.00'] });
    expect(first(after).state.status).toBe('reversed');
  });

  it.each<[string, GivenTransaction]>([
    ['is not what any expects', { amount: '29.99' }],
    ['is of another product', { amount: '30.00', sku: 'CUP-RED' }],
    ['is held', { amount: '30.00', change: { held: true, status: 'DEFERRED' } }],
    ['is a sale', { amount: '30.00', word: 'Principal', change: { type: 'Shipment' } }],
    ['is postage', { amount: '30.00', word: 'PostageRefund' }],
    ['names no product', { amount: '30.00', sku: null }],
    ['is finer than its currency', { amount: '30.001' }],
    ['is older than the loss', { amount: '30.00', day: '2026-10-20' }],
    ['is for an order', { amount: '30.00', change: { orderId: '111-1111111-1111111' } }],
    ['says damage', { amount: '30.00', change: { reason: 'WAREHOUSE_DAMAGE' } }],
  ])('when it %s, then it is for nothing that is known', (_, given) => {
    expect(matchOutcomes([payee('L-1')], told(given))).toEqual([]);
  });

  it('when the claim was found with it in sight, then it is no news', () => {
    expect(matchOutcomes([{ ...payee('L-1'), foundAsOf: 2 }], told({ amount: '30.00' }))).toEqual(
      [],
    );
  });

  it('when it names the order of one claim, then it is its, whatever the sum', () => {
    const orderId = '111-1111111-1111111';
    const claims = [payee('R-1', { orderId, subtype: 'refund_not_returned', units: 1 })];
    const came = told({ amount: '5.20', units: 1, change: { orderId } });
    expect(money(first(counted(claims, came)))).toMatchObject({ paid: ['5.20'] });
  });
});

describe('given fees that were given back', () => {
  const fee = { amount: '30.00', word: 'FBAPerUnitFulfillmentFee', change: { type: 'Refund' } };
  const subtype = 'fulfilment_fee_overcharge';

  it('when the sum is what the claim of that fee expects, then it is its at once: no report tells of fees', () => {
    const claims = [payee('L-1'), payee('F-1', { subtype })];
    const after = counted(claims, { ...told(fee), reportsReadTo: null });
    expect(after.map(money)).toMatchObject([{ paid: [] }, { paid: ['30.00'] }]);
  });

  it('when nobody has filed it, then the next detection takes it off, and it is not counted', () => {
    expect(matchOutcomes([payee('F-1', { subtype, filed: false })], told(fee))).toEqual([]);
  });

  it('when it goes with the price of a unit, then it is the refund of a sale', () => {
    const items = [
      {
        ...{ sku: 'MUG-BLUE', quantity: 1 },
        amounts: [
          { type: 'Principal', amount: '-40.00', currency: 'USD' },
          { type: 'FBAPerUnitFulfillmentFee', amount: '30.00', currency: 'USD' },
        ],
      },
    ];
    const came = told({ ...fee, change: { type: 'Refund', items } });
    expect(matchOutcomes([payee('F-1', { subtype })], came)).toEqual([]);
  });
});

describe('given money that both tell of', () => {
  const row = rowOf('R1', { caseId: 'C-L-1', quantityCash: 4, approvedAt: '2026-11-19T00:00:00Z' });
  const came = told({ amount: '30.00' });

  it('when the row comes first, then the transaction counts nothing', () => {
    const after = counted([payee('L-1')], { rows: [row] });
    expect(matchOutcomes(after, { ...came, rows: [row] })).toEqual([]);
  });

  it('when the transaction was counted first, then the row counts nothing, and what takes the row back is taken from it', () => {
    const after = counted([payee('L-1')], came);
    expect(money(first(after))).toMatchObject({ paid: ['30.00'] });
    expect(matchOutcomes(after, { ...came, rows: [row] })).toEqual([]);
    const back = rowOf('B1', {
      ...{ reason: 'Reimbursement_Reversal', originalReimbursementId: 'R1' },
      ...{ quantityCash: -4, amountTotal: '-30.00', approvedAt: '2027-01-20T00:00:00Z' },
    });
    const reversed = counted(after, { ...came, rows: [row, back] });
    expect(money(first(reversed))).toEqual({ paid: ['30.00'], unasked: [], back: ['30.00'] });
    expect(first(reversed).state.status).toBe('reversed');
  });

  it('when the row that comes later names another case, then nothing more is counted, and a person is told', () => {
    const claims = counted([payee('L-1'), payee('L-2', { units: 2 })], came);
    const other = rowOf('R1', { ...row.data, caseId: 'C-L-2' });
    const [conflict, ...more] = matchOutcomes(claims, { ...came, rows: [other] });
    expect(conflict).toMatchObject({ as: 'conflict', fact: 'R1' });
    expect(more).toEqual([]);
  });

  it('when the rows of a reimbursement were booked in one sum, or in sums of their own, then neither counts beside them', () => {
    const half = {
      caseId: 'C-L-1',
      quantityCash: 2,
      reimbursementId: 'R9',
      approvedAt: row.data.approvedAt,
    };
    const rows = [rowOf('R9-1', half), rowOf('R9-2', half)];
    for (const credits of [
      told({ amount: '30.00' }),
      told({ amount: '15.00' }, { amount: '15.00' }),
    ]) {
      const after = counted([payee('L-1')], { ...credits, rows });
      expect(money(first(after))).toMatchObject({ paid: ['15.00', '15.00'] });
    }
  });

  it('when a row has an amount that is none, then it moves nothing, and all else is matched', () => {
    const broken = rowOf('R3', { amountTotal: '1.005', reason: 'Goodwill' });
    const after = counted([payee('L-1')], { ...came, rows: [broken] });
    expect(money(first(after))).toMatchObject({ paid: ['30.00'] });
  });

  it('when a row of the product is left over around it, then it may be that one in another form', () => {
    const inPounds = rowOf('R2', {
      approvedAt: '2026-11-18T00:00:00Z',
      currency: 'GBP',
      reason: 'Goodwill',
    });
    expect(matchOutcomes([payee('L-1')], { ...came, rows: [inPounds] })).toEqual([]);
  });
});
