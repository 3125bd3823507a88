import type { RiskKind } from '@recoup/contracts';
import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { ALL_READ, examine, findings, type Scene } from '../../../test/look-at-product.js';
import { damage, ledgerRow, payment, type Row } from '../../../test/story.js';
import type { LedgerRow } from '../facts.js';

const DAY = '2026-08-01';

/** The risks of one kind, as their units. */
function units(kind: RiskKind, scene: Scene): readonly (number | null)[] {
  return examine(scene)
    .risks.filter((risk) => risk.kind === kind)
    .map(({ quantity }) => quantity);
}

describe('units on their way between two centres', () => {
  const leg = (quantity: number, day = DAY, more: Partial<Row> = {}): LedgerRow =>
    ledgerRow({ day, reason: '', quantity, reference: 'T1', eventType: 'WhseTransfers', ...more });
  const watched = (days: number, ...more: LedgerRow[]) =>
    units('transfer_in_transit', { today: addDays(DAY, days), ledger: [leg(-5), ...more] });

  it.each([
    [14, []],
    [15, [5]],
    [60, [5]],
    [61, []],
  ])('given %i days on the road, then a risk over %j units', (days, expected) => {
    expect(watched(days)).toEqual(expected);
  });

  it('given the 61st day, then the claim has taken the place of the risk: it is never both', () => {
    for (const [days, claims] of [
      [60, 0],
      [61, 1],
    ] as const) {
      const scene = { today: addDays(DAY, days), ledger: [leg(-5)] };
      expect(findings('fc_transfer_loss', scene)).toHaveLength(claims);
      expect(units('transfer_in_transit', scene)).toHaveLength(1 - claims);
    }
  });

  it('given units that arrived, were misplaced or paid for, then they are none of it', () => {
    expect(watched(20, leg(5, addDays(DAY, 6)))).toEqual([]);
    expect(watched(20, leg(3, addDays(DAY, 6)))).toEqual([2]);
    const lost = ledgerRow({ day: addDays(DAY, 9), reason: 'M', quantity: -5 });
    expect(watched(20, lost)).toEqual([]);
    const reimbursements = [payment({ day: addDays(DAY, 12), reason: 'Lost_Warehouse', units: 5 })];
    const today = addDays(DAY, 20);
    expect(units('transfer_in_transit', { today, ledger: [leg(-5)], reimbursements })).toEqual([]);
  });

  it('given several days, then the risk stays the same in every word', () => {
    const ledger = [leg(-5)];
    const on = (days: number) => examine({ today: addDays(DAY, days), ledger }).risks;
    expect(on(15)).toEqual(on(50));
    expect(on(15)[0]).toMatchObject({
      since: DAY,
      subject: { fnsku: 'X001', facility: 'PHX7', marketplaceId: 'ATVPDKIKX0DER' },
      reason: expect.stringContaining(`5 units left PHX7`),
      rule: { name: 'transfer-in-transit' },
    });
  });

  it('given a source that was not read, then nothing is seen', () => {
    const { ledger } = ALL_READ;
    const scene = { today: addDays(DAY, 20), ledger: [leg(-5)] };
    expect(units('transfer_in_transit', { ...scene, coverage: ledger ? { ledger } : {} })).toEqual(
      [],
    );
  });
});

describe('units damaged by somebody else', () => {
  const taken = (reason: string, more: Partial<Row> = {}) =>
    ledgerRow({ day: DAY, reason, quantity: -2, reference: 'D1', ...more });
  const watched = (days: number, ledger: readonly LedgerRow[], paid = 0) =>
    units('damage_for_review', {
      today: addDays(DAY, days),
      ledger,
      reimbursements:
        paid > 0
          ? [payment({ day: addDays(DAY, 5), reason: 'Damaged_Warehouse', units: paid })]
          : [],
    });

  it.each(['6', '7', 'H', 'K', 'U'])('given code %s, then it is shown and not claimed', (code) => {
    const scene = { today: addDays(DAY, 31), ledger: [taken(code)] };
    expect(units('damage_for_review', scene)).toEqual([2]);
    expect(examine(scene).findings).toEqual([]);
  });

  it('given the days of its window, then it is shown from the 31st to the 60th, and at once where Amazon states it open', () => {
    const row = taken('H');
    expect([30, 31, 60, 61].map((days) => watched(days, [row]).length)).toEqual([0, 1, 1, 0]);
    expect(watched(1, [taken('H', { open: 1 })])).toEqual([1]);
    expect(watched(40, [taken('H', { open: 0 })])).toEqual([]);
  });

  it('given what inspection put back, or a payment, then they are none of it', () => {
    const sick = { disposition: 'CUSTOMER_DAMAGED' };
    const into = ledgerRow({ day: DAY, reason: 'P', quantity: 2, reference: 'D1', ...sick });
    const day = addDays(DAY, 8);
    const back = [
      ledgerRow({ day, reason: 'Q', quantity: -2, reference: 'C1', ...sick }),
      ledgerRow({ day, reason: 'Q', quantity: 2, reference: 'C1' }),
    ];
    expect(watched(40, [taken('H'), into])).toEqual([2]);
    expect(watched(40, [taken('H'), into, ...back])).toEqual([]);
    expect(watched(40, [taken('H')], 2)).toEqual([]);
    expect(watched(40, [taken('H')], 1)).toEqual([1]);
  });

  it('given damage of Amazon’s own as well, then a payment is that one’s first', () => {
    expect(watched(40, [taken('H'), ...damage(DAY, 2, { reference: 'E1' })], 2)).toEqual([2]);
  });
});

describe('two payments for one loss', () => {
  const LOST = { day: DAY, reason: 'M', quantity: -2 } as const;
  const paid = (days: number, more = {}) =>
    payment({ day: addDays(DAY, days), reason: 'Lost_Warehouse', units: 2, ...more });
  const watched = (scene: Partial<Scene>) =>
    units('reimbursed_twice', { today: addDays(DAY, 40), ...scene });

  it('given two alike and units lost once, then one of them may be taken back', () => {
    const reimbursements = [paid(5, { id: 'R1' }), paid(20, { id: 'R2' })];
    const scene = { today: addDays(DAY, 40), ledger: [ledgerRow(LOST)], reimbursements };
    expect(watched(scene)).toEqual([2]);
    const [risk] = examine(scene).risks;
    expect(risk).toMatchObject({
      subject: { reimbursementId: 'R2' },
      lines: [
        { reference: 'R1', amount: { amount: '25.00', currency: 'USD' } },
        { reference: 'R2', quantity: 2 },
      ],
    });
  });

  it('given a loss for each, a reversal, another price, or units that were found, then there is none', () => {
    const ledger = [ledgerRow(LOST)];
    const twice = [paid(5), paid(20)];
    const again = ledgerRow({ ...LOST, day: addDays(DAY, 10) });
    expect(watched({ ledger: [...ledger, again], reimbursements: twice })).toEqual([]);
    const [first, second] = [paid(5), paid(20, { id: 'R2' })];
    const back = payment({
      ...{ day: addDays(DAY, 25), reason: 'Reimbursement_Reversal', units: -2, original: 'R2' },
    });
    expect(watched({ ledger, reimbursements: [first, second, back] })).toEqual([]);
    expect(watched({ ledger, reimbursements: [paid(5), paid(20, { perUnit: '9.00' })] })).toEqual(
      [],
    );
    const found = ledgerRow({ day: addDays(DAY, 15), reason: 'F', quantity: 2 });
    expect(watched({ ledger: [...ledger, found], reimbursements: [paid(5)] })).toEqual([]);
  });

  it('given a loss that may be older than what was read, then nothing is said', () => {
    expect(watched({ ledger: [], reimbursements: [paid(5), paid(20)] })).toEqual([]);
    const { reimbursements: whole } = ALL_READ;
    const late = { state: 'complete', from: '2026-06-01', to: '2026-12-31' } as const;
    const coverage = { ledger: late, ...(whole && { reimbursements: whole }) };
    const scene = { ledger: [ledgerRow(LOST)], reimbursements: [paid(5), paid(20)], coverage };
    expect(watched(scene)).toEqual([]);
  });
});
