import { marketplaces, type MarketplaceRow } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { payment, type Paid } from '../../../test/story.js';
import { NO_COSTS } from './costs.js';
import { preOrderValue, type PreOrderLoss } from './pre-order-value.js';

const US = marketplaces.find(({ country }) => country === 'US') as MarketplaceRow;

const ask = (paid: Paid[], more: Partial<PreOrderLoss> = {}) =>
  preOrderValue(
    {
      payments: paid.map((one) => payment(one)),
      marketplace: US,
      sku: 'SKU-1',
      units: 7,
      lossDay: '2026-09-01',
      sellable: true,
      ...more,
    },
    { costs: NO_COSTS },
  );
const lost = (day: string, perUnit: string, more: Partial<Paid> = {}): Paid => ({
  day,
  perUnit,
  reason: 'Lost_Warehouse',
  units: 1,
  ...more,
});

describe('given what Amazon has paid for a product', () => {
  it('then the same full amount, paid twice, is the value of a unit, to the cent', () => {
    const value = ask([lost('2026-03-01', '10.07'), lost('2026-05-01', '10.07', { units: 3 })]);
    expect(value).toEqual({
      basis: 'paid_history',
      perUnit: { amount: '10.07', currency: 'USD' },
      total: { amount: '70.49', currency: 'USD' },
    });
  });

  it('then of several such amounts the one paid last counts', () => {
    const value = ask([
      lost('2026-01-01', '9.00'),
      lost('2026-02-01', '9.00'),
      lost('2026-03-01', '8.00'),
      lost('2026-04-01', '8.00'),
    ]);
    expect(value.perUnit?.amount).toBe('8.00');
  });

  const unknown: [string, Paid[], Partial<PreOrderLoss>?][] = [
    ['nothing was paid', []],
    ['it is finer than a cent', ['01', '02'].map((m) => lost(`2026-${m}-01`, '10.005'))],
    ['it was paid once', [lost('2026-03-01', '10.00')]],
    [
      'two rows are one payment',
      [lost('2026-03-01', '10.00', { id: 'R' }), lost('2026-03-01', '10.00', { id: 'R' })],
    ],
    ['the amounts differ', [lost('2026-03-01', '10.00'), lost('2026-04-01', '10.01')]],
    [
      'it was paid in another currency',
      ['01', '02'].map((m) => lost(`2026-${m}-01`, '10.00', { currency: 'CAD' })),
    ],
    [
      'it was paid in kind',
      ['01', '02'].map((m) => lost(`2026-${m}-01`, '10.00', { inKind: true })),
    ],
    [
      'it was paid for returns',
      ['01', '02'].map((m) => lost(`2026-${m}-01`, '10.00', { reason: 'CustomerReturn' })),
    ],
    ['it was paid before the rule changed', ['01', '02'].map((m) => lost(`2025-${m}-01`, '10.00'))],
    ['nothing but zero was paid', ['01', '02'].map((m) => lost(`2026-${m}-01`, '0.00'))],
    [
      'the units could not be sold',
      ['01', '02'].map((m) => lost(`2026-${m}-01`, '10.00')),
      { sellable: false },
    ],
  ];
  it.each(unknown)('then it is unknown where %s', (_, paid, more) => {
    expect(ask(paid, more)).toEqual({ basis: 'unknown', perUnit: null, total: null });
  });

  it('then a payment that Amazon took back proves nothing', () => {
    const value = ask([
      lost('2026-03-01', '10.00', { id: 'R1' }),
      lost('2026-04-01', '10.00'),
      lost('2026-05-01', '10.00', { reason: 'Reimbursement_Reversal', original: 'R1', units: -1 }),
    ]);
    expect(value.basis).toBe('unknown');
  });

  it('then no unit is worth more than the cap of its currency', () => {
    const rich = [lost('2026-03-01', '7200.00'), lost('2026-04-01', '7200.00')];
    expect(ask(rich, { units: 2 }).total).toEqual({ amount: '10000.00', currency: 'USD' });
  });
});
