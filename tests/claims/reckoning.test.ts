import { reckon } from '@recoup/evidence';
import type { ClaimFinding } from '@recoup/domain';
import { fromMinor, toMinor, type Money } from '@recoup/kernel';
import { claimSubtypeSchema } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { claimOf, realClaims, type RealClaim, type WorldToRead } from './real-claims.js';

const STOCK = { products: 200, claimCases: 60, lookAlikes: 120, feeCases: 20, orderCases: 90 };
const WORLDS: readonly WorldToRead[] = [
  { seed: 7 },
  { seed: 8, orders: 600, size: STOCK, day: '2026-02-14' },
  { seed: 9, orders: 600, size: STOCK, statesOpen: false },
  { seed: 10, seller: 'A3MAPLETRAIL02', day: '2026-08-09' },
];

function reasonsOf({ finding, ...facts }: RealClaim): readonly string[] {
  return reckon({ claim: claimOf(finding), ...facts }).reasons;
}

/** The claim with one of its numbers changed, once for each number and way to change it. */
function tampered(finding: ClaimFinding): readonly ClaimFinding[] {
  const { quantity, value, allocation } = finding;
  const { total, perUnit } = value;
  const lines = allocation.flatMap((line, at) =>
    [
      ...aside(line.quantity).map((units) => ({ ...line, quantity: units })),
      ...aroundMoney(line.amount).map((amount) => ({ ...line, amount })),
    ].map((changed) => ({ ...finding, allocation: allocation.with(at, changed) })),
  );
  return [
    ...aside(quantity).map((units) => ({ ...finding, quantity: units })),
    ...aroundMoney(total).map((one) => ({ ...finding, value: { ...value, total: one } })),
    ...aroundMoney(perUnit).map((one) => ({ ...finding, value: { ...value, perUnit: one } })),
    ...lines,
  ];
}

function aside(units: number): readonly number[] {
  return [units + 1, units - 1, units * 10].filter((one) => one > 0);
}

function aroundMoney(money: Money | null | undefined): readonly Money[] {
  if (!money) return [];
  const minor = toMinor(money);
  return [minor + 1n, minor - 1n, minor * 10n].map((one) => fromMinor(one, money.currency));
}

describe('given claims that the detectors made of simulated sellers', () => {
  it('then each agrees with its records, and with any single number changed does not', async () => {
    const seen = new Set<string>();
    for (const world of WORLDS) {
      for (const one of await realClaims(world)) {
        const { finding } = one;
        seen.add(finding.subtype);
        expect({ finding, reasons: reasonsOf(one) }).toEqual({ finding, reasons: [] });
        const unnoticed = tampered(finding).filter(
          (changed) => reasonsOf({ ...one, finding: changed }).length === 0,
        );
        const told = unnoticed.map(({ subtype, quantity, value, allocation }) => ({
          ...{ subtype, quantity, value, allocation },
        }));
        expect(told).toEqual([]);
      }
    }
    expect([...seen].sort()).toEqual([...claimSubtypeSchema.options].sort());
  }, 180_000);

  it('then one whose records are gone does not agree', async () => {
    for (const one of await realClaims({ seed: 11, orders: 300, size: STOCK })) {
      const reasons = reasonsOf({ ...one, cited: [], ofOrder: [] });
      expect({ subtype: one.finding.subtype, reasons }).not.toMatchObject({ reasons: [] });
    }
  }, 60_000);
});
