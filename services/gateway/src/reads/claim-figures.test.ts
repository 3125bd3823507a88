import { describe, expect, it } from 'vitest';
import type { ClaimTotal } from '../adapters/read-models.js';
import { foundFigures, openFigures } from './claim-figures.js';

const total = (change: Partial<ClaimTotal>): ClaimTotal => ({
  state: 'validated',
  tier: 'auto',
  claim_type: 'lost_inventory',
  currency: 'USD',
  claims: 1,
  unknown: 0,
  amount: '0',
  ...change,
});

describe('open figures', () => {
  it('given no claims, then zeros', () => {
    expect(openFigures([], 'USD')).toEqual({
      claimCount: 0,
      totalAmount: 0,
      totals: {},
      amountUnknownCount: 0,
    });
  });

  it('given amounts that floats cannot add, then the sum is exact', () => {
    const totals = [total({ amount: '0.10' }), total({ amount: '0.20', state: 'submitted' })];
    expect(openFigures(totals, 'USD').totalAmount).toBe(0.3);
  });

  it('given several currencies, then each stands alone, and the total is the seller’s own', () => {
    const totals = [
      total({ amount: '12.50' }),
      total({ amount: '900', currency: 'JPY', claims: 2 }),
    ];
    expect(openFigures(totals, 'USD')).toMatchObject({
      claimCount: 3,
      totalAmount: 12.5,
      totals: { USD: 12.5, JPY: 900 },
    });
    expect(openFigures(totals, 'EUR').totalAmount).toBe(0);
  });

  it('given unknown values, then they are counted and add nothing', () => {
    const totals = [total({ amount: '5.00' }), total({ currency: null, unknown: 4, claims: 4 })];
    expect(openFigures(totals, 'USD')).toEqual({
      claimCount: 5,
      totalAmount: 5,
      totals: { USD: 5 },
      amountUnknownCount: 4,
    });
  });

  it('given ended claims, then they are not in it', () => {
    const totals = [
      total({ state: 'withdrawn', amount: '5.00' }),
      total({ state: 'expired', amount: '5.00' }),
    ];
    expect(openFigures(totals, 'USD')).toMatchObject({ claimCount: 0, totalAmount: 0, totals: {} });
  });
});

describe('found figures', () => {
  it('given claims of all sorts, then all but the withdrawn are counted by tier and type', () => {
    const totals = [
      total({ claims: 3 }),
      total({ claims: 2, tier: 'manual', claim_type: 'damaged_goods', state: 'expired' }),
      total({ claims: 9, state: 'withdrawn', tier: 'prompt' }),
    ];
    expect(foundFigures(totals)).toEqual({
      totalClaimsFound: 5,
      byTier: { auto: 3, prompt: 0, manual: 2 },
      byType: { lost_inventory: 3, damaged_goods: 2 },
    });
  });
});
