import { addDays } from '@recoup/kernel';
import { describe, expect, it } from 'vitest';
import { inForce, PolicyOverlap, type Effective } from './effective.js';
import { eligibilityFor, eligibilityPolicies } from './eligibility.js';
import { valuationFor, valuationPolicies } from './valuation.js';

const row = (effectiveFrom: string, effectiveTo: string | null): Effective => ({
  name: `from ${effectiveFrom}`,
  effectiveFrom,
  effectiveTo,
  source: 'a page',
  lastVerified: '2026-01-01',
  standing: 'published',
});

/** Rows of one subject, as they follow each other. */
function timeline(rows: readonly Effective[]): Effective[] {
  return [...rows].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
}

function expectUnbroken(rows: readonly Effective[]): void {
  const line = timeline(rows);
  line.slice(1).forEach((next, index) => {
    const before = line[index]?.effectiveTo;
    expect(before, `${next.name} follows without gap or overlap`).toBe(
      addDays(next.effectiveFrom, -1),
    );
  });
  expect(line.at(-1)?.effectiveTo).toBeNull();
}

describe('given rows in time', () => {
  it('then both of their days count, and the days outside do not', () => {
    const rows = [row('2025-01-01', '2025-01-31')];
    expect(inForce(rows, '2025-01-01')).toBe(rows[0]);
    expect(inForce(rows, '2025-01-31')).toBe(rows[0]);
    expect(inForce(rows, '2025-02-01')).toBeNull();
    expect(inForce(rows, '2024-12-31')).toBeNull();
  });

  it('then two rows on one day are refused', () => {
    const rows = [row('2025-01-01', null), row('2025-06-01', null)];
    expect(() => inForce(rows, '2025-06-01')).toThrow(PolicyOverlap);
  });
});

describe('given the published policies', () => {
  const subjects = eligibilityPolicies.flatMap((policy) =>
    policy.networks.flatMap((network) =>
      policy.subtypes.map((subtype) => ({ network, subtype, variant: policy.variant })),
    ),
  );

  it.each(subjects)('then $network $subtype $variant has no gap and no overlap', (subject) => {
    expectUnbroken(
      eligibilityPolicies.filter(
        ({ networks, subtypes, variant }) =>
          networks.includes(subject.network) &&
          subtypes.includes(subject.subtype) &&
          variant === subject.variant,
      ),
    );
  });

  it('then the valuation rules have no gap and no overlap', () => {
    expectUnbroken(valuationPolicies);
    expect(valuationFor('2025-03-30')?.basis).toBe('estimated_proceeds');
    expect(valuationFor('2025-03-31')?.basis).toBe('sourcing_cost');
  });

  it('then a place that no source speaks of has no policy', () => {
    expect(eligibilityFor('jp', 'lost_warehouse', '2026-11-01')).toBeNull();
    expect(eligibilityFor('us', 'lost_warehouse', '2024-10-22')).toBeNull();
  });

  it('then what is only assumed is never filed without a person', () => {
    const assumed = eligibilityPolicies.filter((policy) => policy.standing === 'assumed');
    expect(assumed.length).toBeGreaterThan(0);
    expect(assumed.every((policy) => policy.neverAuto)).toBe(true);
  });
});
