import { describe, expect, it } from 'vitest';
import { claimOf, detectedData } from '../testing/detected.js';
import { lostRow } from '../testing/rows.js';
import { complianceReasons } from './compliance.js';
import { dayAtMarketplace } from '@recoup/domain';

const claim = claimOf(detectedData({ ledger: [lostRow({ day: '2026-11-01' })] }));
const reasonsOn = (today: string | null): string[] =>
  complianceReasons({ claim, today, filedElsewhere: null });

describe('given a window from the loss to its sixtieth day', () => {
  it.each([
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2026-12-30', true],
    ['2026-12-31', true],
    ['2027-01-01', false],
  ])('then on %s filing is allowed: %s', (today, allowed) => {
    expect(reasonsOn(today).length === 0).toBe(allowed);
  });

  it('when the calendar is not known, then it is not allowed', () => {
    expect(reasonsOn(null)).toHaveLength(1);
  });
});

describe('given the last day in the marketplace', () => {
  it('then it ends at the midnight of the marketplace, not at that of UTC', () => {
    const lastMinutes = new Date('2027-01-01T07:59:00Z');
    expect(dayAtMarketplace('ATVPDKIKX0DER', lastMinutes)).toBe('2026-12-31');
    expect(dayAtMarketplace('A1PA6795UKMFR9', lastMinutes)).toBe('2027-01-01');
    expect(dayAtMarketplace('ANOTHERONE', lastMinutes)).toBeNull();
  });
});

describe('given another claim for the same loss', () => {
  it('then it is a duplicate', () => {
    const reasons = complianceReasons({ claim, today: '2026-11-20', filedElsewhere: 'claim_x' });
    expect(reasons).toEqual(['The same loss is filed already, as claim claim_x']);
  });
});

describe('given a policy of another time', () => {
  it.each([
    ['2026-11-02', null],
    ['2024-01-01', '2026-10-31'],
  ])('then it does not carry the claim: from %s to %s', (effectiveFrom, effectiveTo) => {
    const policy = { ...claim.policy, effectiveFrom, effectiveTo };
    const reasons = complianceReasons({
      claim: { ...claim, policy },
      today: '2026-11-20',
      filedElsewhere: null,
    });
    expect(reasons).toHaveLength(1);
  });
});
