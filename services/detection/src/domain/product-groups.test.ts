import { describe, expect, it } from 'vitest';
import { ledgerRow } from '../../test/story.js';
import { productGroups } from './product-groups.js';

const row = (
  fnsku: string,
  quantity: number,
  more: { day?: string; asin?: string; reference?: string; sku?: string } = {},
) =>
  ledgerRow({
    day: more.day ?? '2026-06-01',
    reason: quantity < 0 ? '4' : '3',
    quantity,
    reference: more.reference ?? '',
    product: { fnsku, asin: more.asin ?? `B-${fnsku}`, sku: more.sku ?? `SKU-${fnsku}` },
  }).data;
const groups = (...rows: ReturnType<typeof row>[]) => [...new Set(productGroups(rows).values())];

describe('given rows of redefinitions', () => {
  it('then both halves of one reference are one product, however far apart their units', () => {
    const [out, into] = [
      row('X2', -5, { reference: 'R1' }),
      row('X1', 3, { reference: 'R1', day: '2026-06-03' }),
    ];
    expect(groups(out, into)).toEqual([['X1', 'X2']]);
  });

  it('then both halves of one ASIN within days are, and later ones are not', () => {
    expect(
      groups(row('X2', -5, { asin: 'B1' }), row('X1', 3, { asin: 'B1', day: '2026-06-04' })),
    ).toEqual([['X1', 'X2']]);
    expect(
      groups(row('X2', -5, { asin: 'B1' }), row('X1', 3, { asin: 'B1', day: '2026-06-05' })),
    ).toEqual([]);
  });

  it('then the same units on the same day are, two and two', () => {
    expect(groups(row('X1', -5), row('X2', 5), row('X3', -5), row('X4', 5), row('X5', 4))).toEqual([
      ['X1', 'X2'],
      ['X3', 'X4'],
    ]);
  });

  it('then who is joined with two is one product with both', () => {
    const rows = [
      row('X3', -1, { reference: 'R1' }),
      row('X2', 1, { reference: 'R1' }),
      row('X2', -1, { reference: 'R2', day: '2026-07-01' }),
      row('X1', 1, { reference: 'R2', day: '2026-07-01' }),
    ];
    expect(groups(...rows)).toEqual([['X1', 'X2', 'X3']]);
    expect(groups(...rows.reverse())).toEqual([['X1', 'X2', 'X3']]);
  });

  it("then units found under Amazon's own SKU belong to all products of their ASIN", () => {
    const found = row('B1', 2, { asin: 'B1', sku: 'Amazon.Found.B1' });
    const alike = ['B1', 'X7'].map((fnsku) => ({ fnsku, asin: 'B1' }));
    expect([...productGroups([found], alike)]).toEqual([
      ['B1', ['B1', 'X7']],
      ['X7', ['B1', 'X7']],
    ]);
  });
});
