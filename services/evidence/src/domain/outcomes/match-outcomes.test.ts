import { sumByCurrency } from '@recoup/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimOf, detectedData } from '../../testing/detected.js';
import { counted as countedAs, folded, rowOf } from '../../testing/matching.js';
import { lostRow } from '../../testing/rows.js';
import type { Payee } from './match.js';
import { matchOutcomes } from './match-outcomes.js';
import type { PaymentRow } from './payment-row.js';

interface Given {
  readonly units?: number;
  readonly caseId?: string;
  readonly day?: string;
  readonly fnsku?: string;
}

/** A claim for units lost, filed where it has a case. */
function payee(
  reference: string,
  { units = 4, caseId, day = '2026-11-01', fnsku }: Given = {},
): Payee {
  const row = lostRow({ quantity: -units, referenceId: reference, day, ...(fnsku && { fnsku }) });
  const found = claimOf(detectedData({ ledger: [row] }));
  const submission = { channel: 'sandbox', amazonCaseId: caseId ?? null } as const;
  const submitted = { ...submission, submittedAt: '2026-11-10T00:00:00Z' };
  const events = caseId
    ? [{ type: 'claim.submitted', data: { claimId: found.claimId, ...submitted } }]
    : [];
  return { state: folded(found, events), foundAsOf: 1, endedAsOf: null };
}

const matchRows = (payees: readonly Payee[], rows: readonly PaymentRow[]) =>
  matchOutcomes(payees, { rows });
const counted = (payees: readonly Payee[], rows: readonly PaymentRow[]) =>
  countedAs(payees, { rows });

const standing = (payees: readonly Payee[]) =>
  payees.map(({ state }) => ({
    status: state.status,
    paid: sumByCurrency(state.payments.flatMap(({ amount }) => amount ?? []))[0]?.amount ?? '0',
    unasked: sumByCurrency(state.unasked.flatMap(({ amount }) => amount ?? []))[0]?.amount ?? '0',
    back: sumByCurrency(state.reversals.map(({ amount }) => amount))[0]?.amount ?? '0',
  }));

describe('given a claim that was filed as a case', () => {
  const filed = payee('L-1', { caseId: 'C-1' });

  it('when rows name the case, then all of each is its, in several payments', () => {
    const rows = [
      rowOf('R1', { caseId: 'C-1', quantityCash: 3 }),
      rowOf('R2', { caseId: 'C-1', quantityCash: 0, quantityInventory: 1, amountTotal: '0.00' }),
    ];
    const [claim] = counted([filed], rows);
    expect(standing(claim ? [claim] : [])).toMatchObject([{ status: 'paid', paid: '22.50' }]);
    expect(claim?.state.payments.map(({ unitsInKind }) => unitsInKind)).toEqual([0, 1]);
  });

  it('when the row names another product, then nothing is counted, and that is said once', () => {
    const row = rowOf('R1', { caseId: 'C-1', fnsku: 'X999' });
    const [conflict] = matchRows([filed], [row]);
    expect(conflict).toMatchObject({ as: 'conflict', reasons: [expect.stringContaining('X999')] });
    const data = { claimId: filed.state.claimId, fact: row.key };
    const told = {
      ...filed,
      state: folded(filed.state, [{ type: 'claim.match_conflicted', data }]),
    };
    expect(matchRows([told], [row])).toEqual([]);
  });

  it('when a row names no case, then Amazon paid it by itself, and the case is still open', () => {
    const [claim] = counted([filed], [rowOf('R1', { quantityCash: 4 })]);
    expect(standing(claim ? [claim] : [])).toMatchObject([
      { status: 'submitted', paid: '0', unasked: '30.00' },
    ]);
  });

  it('when a payment is taken back, then what names it is its, also a part of it', () => {
    const rows = [
      rowOf('R1', { caseId: 'C-1', quantityCash: 4 }),
      rowOf('B1', {
        ...{ reason: 'Reimbursement_Reversal', originalReimbursementId: 'R1' },
        ...{ quantityCash: -1, amountTotal: '-7.50', approvedAt: '2026-11-20T00:00:00Z' },
      }),
    ];
    expect(standing(counted([filed], rows))).toMatchObject([{ paid: '30.00', back: '7.50' }]);
  });
});

describe('given claims that nobody filed', () => {
  it('when one row pays for two losses, then each has its units, the older first, and the sum is exact', () => {
    const claims = [payee('L-1', { units: 1 }), payee('L-2', { units: 2, day: '2026-11-02' })];
    const rows = [rowOf('R1', { quantityCash: 3, amountTotal: '10.00' })];
    expect(standing(counted(claims, rows))).toMatchObject([
      { status: 'paid_unasked', unasked: '3.33' },
      { status: 'paid_unasked', unasked: '6.67' },
    ]);
  });

  it.each([
    ['was known when it was found', { ...rowOf('R1'), firstBatch: 1 }],
    ['is older than the loss', rowOf('R1', { approvedAt: '2026-10-30T00:00:00Z' })],
    ['is for damage', rowOf('R1', { reason: 'Damaged_Warehouse' })],
    ['is for an order', rowOf('R1', { orderId: '111-1111111-1111111' })],
    ['has a reason that nobody knows', rowOf('R1', { reason: 'Goodwill' })],
  ])('when the row %s, then it is not for them', (_, row) => {
    expect(matchRows([payee('L-1')], [row])).toEqual([]);
  });

  it('when a claim was taken back before the payment came, then the payment is for something else', () => {
    const gone = { ...payee('L-1'), endedAsOf: 1 };
    const data = { claimId: gone.state.claimId, detectionId: 'd2', reason: 'found' };
    const state = folded(gone.state, [{ type: 'claim.withdrawn', data }]);
    expect(matchRows([{ ...gone, state }], [rowOf('R1')])).toEqual([]);
    expect(matchRows([{ ...gone, state, endedAsOf: 2 }], [rowOf('R1')])).toHaveLength(1);
  });
});

describe('given any reports', () => {
  const claims = [
    payee('L-1', { caseId: 'C-1' }),
    payee('L-2', { caseId: 'C-2', day: '2026-11-02' }),
    payee('L-3', { units: 2, fnsku: 'X002' }),
    payee('L-4', { units: 3, fnsku: 'X002', day: '2026-11-03' }),
  ];
  const aRow = fc
    .record({
      id: fc.integer({ min: 1, max: 9 }),
      to: fc.constantFrom('C-1', 'C-2', 'X002'),
      units: fc.integer({ min: 1, max: 4 }),
      day: fc.integer({ min: 10, max: 28 }),
    })
    .map(({ id, to, units, day }) => {
      const key = `R${id}-${to}`;
      const name = to === 'X002' ? { fnsku: 'X002' } : { caseId: to };
      return rowOf(key, { ...name, quantityCash: units, approvedAt: `2026-11-${day}T00:00:00Z` });
    });
  const reports = fc.uniqueArray(aRow, { selector: ({ key }) => key, maxLength: 8 });

  it('then no unit counts twice, and again or in any order they say the same', () => {
    fc.assert(
      fc.property(reports, fc.infiniteStream(fc.nat()), (rows, draws) => {
        const once = counted(claims, rows);
        const drawn = [...draws.take(rows.length)];
        const mixed = rows.map((row, n) => ({ row, n: drawn[n] ?? 0 })).sort((a, b) => a.n - b.n);
        const shuffled = mixed.map(({ row }) => row);
        expect(standing(counted(claims, [...shuffled, ...rows]))).toEqual(standing(once));
        expect(matchRows(once, shuffled)).toEqual([]);
        expect(unitsCounted(once)).toBeLessThanOrEqual(unitsIn(rows));
      }),
    );
  });

  it('then reports that come one after the other say what they say at once', () => {
    fc.assert(
      fc.property(reports, fc.nat({ max: 8 }), (rows, cut) => {
        const ordered = rows.toSorted((a, b) => (a.data.approvedAt < b.data.approvedAt ? -1 : 1));
        const first = counted(claims, ordered.slice(0, cut));
        expect(totals(counted(first, ordered))).toEqual(totals(counted(claims, rows)));
      }),
    );
  });

  it('then rows that name a case may come in any order whatever', () => {
    fc.assert(
      fc.property(reports, fc.nat({ max: 8 }), (rows, cut) => {
        const named = rows.filter(({ data }) => data.caseId !== null);
        const first = counted(claims, named.slice(cut));
        expect(totals(counted(first, named))).toEqual(totals(counted(claims, named)));
      }),
    );
  });
});

function totals(payees: readonly Payee[]) {
  return standing(payees).map(({ paid, unasked, back }) => ({ paid, unasked, back }));
}

function unitsIn(rows: readonly PaymentRow[]): number {
  return rows.reduce((sum, { data }) => sum + data.quantityCash, 0);
}

function unitsCounted(payees: readonly Payee[]): number {
  return payees
    .flatMap(({ state }) => [...state.payments, ...state.unasked])
    .reduce((sum, { row }) => sum + (row?.units ?? 0), 0);
}
