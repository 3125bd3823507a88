import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { examine, findings } from '../../../test/look-at-product.js';
import { ledgerRow, payment, type Row } from '../../../test/story.js';
import type { LedgerRow } from '../facts.js';

const LEFT = '2026-06-01';
const on = (days: number): string => addDays(LEFT, days);
const leg = (days: number, quantity: number, more: Partial<Row> = {}): LedgerRow =>
  ledgerRow({ day: on(days), reason: '', eventType: 'WhseTransfers', quantity, ...more });
const out = (units: number, more?: Partial<Row>) => leg(0, -units, { reference: 'T1', ...more });
const row = (days: number, reason: string, quantity: number): LedgerRow =>
  ledgerRow({ day: on(days), reason, quantity });
const stated = (days: number, quantity: number, open: number): LedgerRow =>
  ledgerRow({ day: on(days), reason: '4', quantity, open });
const gained = (days: number, quantity: number): LedgerRow =>
  ledgerRow({ day: on(days), reason: '3', quantity, product: { fnsku: 'X002', sku: 'SKU-2' } });
const misplaced = (days: number, units: number, open: number): LedgerRow =>
  ledgerRow({ day: on(days), reason: 'M', quantity: -units, open });

describe('given units that left for another centre and never arrived', () => {
  const lost = (ledger: LedgerRow[], days = 61) =>
    findings('fc_transfer_loss', { ledger, today: on(days) });

  it('then they are claimed when Amazon has had 60 days to find them', () => {
    const [finding] = lost([out(5)]);
    expect(finding).toMatchObject({
      claimType: 'lost_inventory',
      quantity: 5,
      lossDay: on(60),
      opensOn: on(61),
      deadline: on(120),

      allocation: [{ kind: 'moved_out', day: LEFT, quantity: 5, reference: 'T1' }],
    });
  });

  it.each([
    [59, 0],
    [60, 0],
    [61, 1],
    [119, 1],
    [120, 1],
    [121, 0],
  ])('then after %d days there are %d claims', (days, claims) => {
    expect(lost([out(5)], days)).toHaveLength(claims);
  });

  it('then over the change of the clocks days are still calendar days', () => {
    const moved = [
      ledgerRow({ day: '2026-09-03', reason: '', eventType: 'WhseTransfers', quantity: -2 }),
    ];
    const at = (today: string) => findings('fc_transfer_loss', { ledger: moved, today });
    expect(at('2026-11-02')).toHaveLength(0);
    expect(at('2026-11-03')).toHaveLength(1);
  });

  it('then what arrived, however late and in however many parts, is taken off', () => {
    const ledger = [out(5), leg(2, 1, { reference: 'T1' }), leg(40, 3, { reference: 'other' })];
    const [finding] = lost(ledger);
    expect(finding?.quantity).toBe(1);
    expect(finding?.allocation.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['moved_out', 5],
      ['moved_in', 1],
      ['moved_in', 3],
    ]);
  });

  it('then a second leg that was booked a day early is theirs', () => {
    expect(lost([out(5), leg(-1, 5, { reference: 'T1' })])).toEqual([]);
  });

  it('then units that go missing afterwards are the loss of whom misplaced them, and counted once', () => {
    const { findings: all } = examine({
      ledger: [out(5), misplaced(30, 3, 3)],
      today: on(65),
    });
    expect(all.map(({ subtype, quantity }) => [subtype, quantity])).toEqual([
      ['lost_warehouse', 3],
      ['fc_transfer_loss', 2],
    ]);
  });

  it.each([
    ['were found', [row(20, 'F', 5)], []],
    ['were given in kind', [row(20, 'N', 5)], []],
    ['were paid', [], [payment({ day: on(20), reason: 'Lost_Warehouse', units: 5 })]],
  ])('then nothing is claimed when as many %s that no loss needed', (_, more, reimbursements) => {
    expect(
      findings('fc_transfer_loss', { ledger: [out(5), ...more], reimbursements, today: on(61) }),
    ).toEqual([]);
  });

  it('then a find that makes good a loss does not also stand for them', () => {
    const ledger = [out(5), misplaced(10, 2, 0), row(20, 'F', 2)];
    // Two of the five are what was misplaced; they were found for that loss.
    expect(lost(ledger).map(({ quantity }) => quantity)).toEqual([3]);
  });
});

describe('given units that became another product', () => {
  const lost = (ledger: LedgerRow[], days = 35) =>
    findings('product_redefinition_loss', { ledger, today: on(days) });

  it('then what came in as none is claimed after a month', () => {
    expect(lost([row(0, '4', -4)], 29)).toEqual([]);
    expect(lost([row(0, '4', -4)], 30)).toMatchObject([
      { quantity: 4, opensOn: on(30), deadline: on(60) },
    ]);
    expect(lost([row(0, '4', -4)], 60)).toHaveLength(1);
    expect(lost([row(0, '4', -4)], 61)).toHaveLength(0);
  });

  it('then what came in as a sibling is no loss', () => {
    expect(lost([row(0, '4', -4), gained(0, 4)])).toEqual([]);
    expect(lost([row(0, '4', -4), gained(-20, 4)])).toEqual([]);
    expect(lost([row(0, '4', -4), gained(1, 3)])).toMatchObject([{ quantity: 1 }]);
  });

  it("then Amazon's own word that it is settled stands", () => {
    expect(lost([stated(0, -4, 0)])).toEqual([]);
    expect(lost([stated(0, -4, 1)], 0)).toMatchObject([{ quantity: 1 }]);
  });
});
