import { describe, expect, it } from 'vitest';
import { damage, ledgerRow, payment } from '../../../test/story.js';
import { allocate } from './allocation.js';
import type { LedgerRow, Payment } from '../facts.js';

/** What is left of each loss, oldest first. */
function left(
  ledger: LedgerRow[],
  reimbursements: Payment[] = [],
): { lost: number[]; damaged: number[] } {
  const { losses } = allocate({ ledger, reimbursements }, 'us');
  const of = (kind: string): number[] =>
    losses.filter((loss) => loss.kind === kind).map((loss) => loss.left);
  return { lost: of('lost'), damaged: of('damaged') };
}

const lose = (day: string, units: number, open: number | null = null): LedgerRow =>
  ledgerRow({ day, reason: 'M', quantity: -units, open });
const find = (day: string, units: number, centre = 'ONT8'): LedgerRow =>
  ledgerRow({ day, reason: 'F', quantity: units, centre });

describe("given Amazon's own worked example", () => {
  const rows = [
    lose('2026-09-20', 16, 11),
    ...['ABE2', 'BFI4', 'DFW7', 'MDW2', 'TPA1'].map((centre, n) =>
      find(`2026-09-2${2 + n}`, 1, centre),
    ),
  ];

  it('then five units are reconciled and eleven are left', () => {
    const [loss] = allocate({ ledger: rows, reimbursements: [] }, 'us').losses;
    expect(loss?.left).toBe(11);
    expect(loss?.lines.map((line) => [line.kind, line.quantity, line.facility])).toEqual([
      ['lost', 16, 'PHX7'],
      ['found', 1, 'ABE2'],
      ['found', 1, 'BFI4'],
      ['found', 1, 'DFW7'],
      ['found', 1, 'MDW2'],
      ['found', 1, 'TPA1'],
    ]);
  });

  it('then it is the same where the report leaves the unreconciled quantity out', () => {
    const silent = rows.map((row) => ({
      ...row,
      data: { ...row.data, unreconciledQuantity: null },
    }));
    expect(left(silent).lost).toEqual([11]);
  });
});

describe('given lost and found units', () => {
  it('then a find before the loss finds something else', () => {
    expect(left([find('2026-09-01', 4), lose('2026-09-02', 4)]).lost).toEqual([4]);
  });

  it('then finds go to the oldest loss first', () => {
    const rows = [
      lose('2026-09-01', 3),
      find('2026-09-03', 4),
      lose('2026-09-05', 5),
      find('2026-09-06', 2),
    ];
    expect(left(rows).lost).toEqual([0, 3]);
  });

  it('then what Amazon booked to the younger loss is not taken off the older one', () => {
    const rows = [lose('2026-09-01', 5, 5), lose('2026-09-02', 5, 0), find('2026-09-03', 5)];
    expect(left(rows).lost).toEqual([5, 0]);
  });

  it("then Amazon's own statement bounds what is left, and the trace says so", () => {
    const [loss] = allocate(
      { ledger: [lose('2026-09-01', 9, 4)], reimbursements: [] },
      'us',
    ).losses;
    expect(loss?.left).toBe(4);
    expect(loss?.lines.at(-1)).toMatchObject({
      kind: 'corrected',
      quantity: 5,
      reference: 'reconciled by Amazon',
    });
  });

  it('then a find after the statement was read still counts', () => {
    expect(left([lose('2026-09-01', 4, 4), find('2026-09-10', 3)]).lost).toEqual([1]);
  });

  it('then code 5 loses too, and sales, receipts and transfers do not', () => {
    const rows = [
      ledgerRow({ day: '2026-09-01', reason: '5', quantity: -2 }),
      ledgerRow({ day: '2026-09-01', reason: 'M', quantity: -7, eventType: 'WhseTransfers' }),
      ledgerRow({ day: '2026-09-01', reason: '', quantity: -7, eventType: 'CustomerShipments' }),
    ];
    expect(left(rows).lost).toEqual([2]);
  });
});

describe('given rows that look like losses', () => {
  it.each(['O', '4', 'D', 'G', 'J', 'N'])('then a negative %s row opens nothing', (reason) => {
    expect(left([ledgerRow({ day: '2026-09-01', reason, quantity: -5 })])).toEqual({
      lost: [],
      damaged: [],
    });
  });

  it.each(['6', '7', 'H', 'K', 'U'])(
    'then damage by somebody else (%s) opens nothing',
    (reason) => {
      const rows = [
        ledgerRow({ day: '2026-09-01', reason, quantity: -2, reference: 'r' }),
        ledgerRow({
          day: '2026-09-01',
          reason: 'P',
          quantity: 2,
          disposition: 'WAREHOUSE_DAMAGED',
          reference: 'r',
        }),
      ];
      expect(left(rows)).toEqual({ lost: [], damaged: [] });
    },
  );

  it('then a redefinition pair neither loses nor finds', () => {
    const rows = [
      lose('2026-09-01', 3),
      ledgerRow({ day: '2026-09-02', reason: '4', quantity: -6 }),
      ledgerRow({ day: '2026-09-02', reason: '3', quantity: 6 }),
    ];
    expect(left(rows).lost).toEqual([3]);
  });

  it('then damaged stock that goes missing is one damage and no loss', () => {
    const rows = [
      ...damage('2026-09-01', 3, { open: 3 }),
      ledgerRow({
        day: '2026-09-08',
        reason: 'M',
        quantity: -3,
        disposition: 'WAREHOUSE_DAMAGED',
        open: 3,
      }),
    ];
    expect(left(rows)).toEqual({ lost: [], damaged: [3] });
    const [loss] = allocate({ ledger: rows, reimbursements: [] }, 'us').losses;
    expect(loss?.sources.map(({ key }) => key)).toEqual(rows.map(({ key }) => key));
  });

  it('then damaged stock that comes back finds no lost sellable unit', () => {
    const rows = [
      lose('2026-09-01', 3),
      ...damage('2026-09-02', 2),
      ledgerRow({ day: '2026-09-05', reason: 'M', quantity: -2, disposition: 'WAREHOUSE_DAMAGED' }),
      ledgerRow({ day: '2026-09-09', reason: 'F', quantity: 2, disposition: 'WAREHOUSE_DAMAGED' }),
    ];
    expect(left(rows)).toEqual({ lost: [3], damaged: [2] });
  });
});

describe('given damage', () => {
  it('then half a pair is no damage yet', () => {
    expect(left([ledgerRow({ day: '2026-09-01', reason: 'E', quantity: -2 })]).damaged).toEqual([]);
  });

  it('then the other half is the row of another disposition, whatever its reference', () => {
    const rows = [
      ...damage('2026-09-01', 2, { reference: 'e' }).slice(0, 1),
      ledgerRow({ day: '2026-09-01', reason: 'P', quantity: 2, reference: 'e' }),
      ...damage('2026-09-01', 2).slice(1),
    ];
    expect(allocate({ ledger: rows, reimbursements: [] }, 'us').losses).toMatchObject([
      { kind: 'damaged', units: 2 },
    ]);
  });

  it('then a correction to sellable takes it back, at its own centre first', () => {
    const rows = [
      ...damage('2026-09-01', 2, { centre: 'ABE2' }),
      ...damage('2026-09-02', 2, { centre: 'ONT8' }),
      ledgerRow({
        day: '2026-09-05',
        reason: 'Q',
        quantity: -2,
        centre: 'ONT8',
        disposition: 'WAREHOUSE_DAMAGED',
        reference: 'c',
      }),
      ledgerRow({ day: '2026-09-05', reason: 'P', quantity: 2, centre: 'ONT8', reference: 'c' }),
    ];
    expect(left(rows).damaged).toEqual([2, 0]);
  });

  it("then the correction of a customer's return takes nothing back", () => {
    const rows = [
      ...damage('2026-09-01', 2),
      ledgerRow({
        day: '2026-09-05',
        reason: 'Q',
        quantity: -2,
        disposition: 'CUSTOMER_DAMAGED',
        reference: 'c',
      }),
      ledgerRow({ day: '2026-09-05', reason: 'P', quantity: 2, reference: 'c' }),
    ];
    expect(left(rows).damaged).toEqual([2]);
  });

  it('then disposal ends what is unpaid only where Amazon does not call it open, and paid units go first', () => {
    const gone = ledgerRow({
      day: '2026-09-09',
      reason: 'D',
      quantity: -3,
      disposition: 'WAREHOUSE_DAMAGED',
    });
    const paid = payment({ day: '2026-09-04', reason: 'Damaged_Warehouse', units: 2 });
    expect(left([...damage('2026-09-01', 5), gone], [paid]).damaged).toEqual([2]);
    expect(left([...damage('2026-09-01', 5, { open: 3 }), gone], [paid]).damaged).toEqual([3]);
  });
});

describe('given payments', () => {
  const loss = lose('2026-09-05', 6);

  it('then each pays its own kind of loss only', () => {
    const rows = [loss, ...damage('2026-09-05', 4)];
    const paid = [
      payment({ day: '2026-09-10', reason: 'Lost_Warehouse', units: 5 }),
      payment({ day: '2026-09-10', reason: 'Damaged_Warehouse', units: 1 }),
      payment({ day: '2026-09-10', reason: 'Lost_Inbound', units: 9 }),
    ];
    expect(left(rows, paid)).toEqual({ lost: [1], damaged: [3] });
  });

  it('then one before the loss pays nothing later, and one of the same day does', () => {
    expect(
      left([loss], [payment({ day: '2026-09-04', reason: 'Lost_Warehouse', units: 6 })]).lost,
    ).toEqual([6]);
    expect(
      left([loss], [payment({ day: '2026-09-05', reason: 'WAREHOUSE_LOST', units: 6 })]).lost,
    ).toEqual([0]);
  });

  it('then a reversal takes its own payment back, as far as it goes', () => {
    const paid = payment({ day: '2026-09-10', reason: 'Lost_Warehouse', units: 6, id: 'R1' });
    const taken = payment({
      day: '2026-10-01',
      reason: 'Reimbursement_Reversal',
      units: -2,
      original: 'R1',
    });
    const other = payment({
      day: '2026-10-01',
      reason: 'Reimbursement_Reversal',
      units: -2,
      original: 'R9',
    });
    expect(left([loss], [paid, taken]).lost).toEqual([2]);
    expect(left([loss], [paid, other]).lost).toEqual([0]);
  });

  it('then units given in kind and their ledger row are one thing', () => {
    const given = ledgerRow({ day: '2026-09-12', reason: 'N', quantity: 4 });
    const paid = payment({ day: '2026-09-11', reason: 'Lost_Warehouse', units: 4, inKind: true });
    expect(left([loss, given], [paid]).lost).toEqual([2]);
    expect(left([loss, given]).lost).toEqual([2]);
    expect(left([loss], [paid]).lost).toEqual([2]);
  });

  it('then a unit of it is used once, over both kinds', () => {
    const rows = [
      loss,
      ...damage('2026-09-06', 4),
      ledgerRow({ day: '2026-09-12', reason: 'N', quantity: 7 }),
    ];
    const { lost, damaged } = left(rows);
    expect([...lost, ...damaged].reduce((a, b) => a + b, 0)).toBe(3);
  });
});
