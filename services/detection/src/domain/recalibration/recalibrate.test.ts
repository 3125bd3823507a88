import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logistic } from '../score/score.js';
import { fitCalibration, NO_CALIBRATION, type DecidedClaim } from './platt.js';
import { LEAST_OUTCOMES, recalibrate, type Recalibration } from './recalibrate.js';

/** Claims of a seller for whom the model's log-odds are off by a slope and a shift. */
function outcomes(count: number, law = { slope: 1, shift: 0 }, from = 0): DecidedClaim[] {
  return Array.from({ length: count }, (_, n) => {
    const nth = from + n;
    // A low-discrepancy sequence in place of luck: the shares come out as the law says.
    const logOdds = 6 * ((nth * 0.618034) % 1) - 2;
    const luck = (nth * 0.754878) % 1;
    const approved = luck < logistic(law.slope * logOdds + law.shift);
    return { claimId: `claim_${nth}`, logOdds, approved };
  });
}

const HARSH = { slope: 1, shift: -2 };
const given = (more: Partial<Recalibration>): Recalibration => ({
  modelVersion: 'm1',
  isOn: true,
  current: NO_CALIBRATION,
  claims: [],
  ...more,
});

describe('given a seller whom Amazon treats otherwise than the model says', () => {
  const claims = outcomes(400, HARSH);

  it('then the outcomes move its claims by about as much', () => {
    const decided = recalibrate(given({ claims }));
    expect(decided?.reason).toBe('better_on_held_out');
    expect(decided?.shift).toBeCloseTo(HARSH.shift, 0);
    expect(decided?.logLoss?.after).toBeLessThan(decided?.logLoss?.before ?? 0);
  });

  it('then nothing moves unless the seller has turned it on', () => {
    expect(recalibrate(given({ claims, isOn: false }))).toBeNull();
  });

  it('then too few outcomes move nothing', () => {
    expect(recalibrate(given({ claims: claims.slice(0, LEAST_OUTCOMES - 1) }))).toBeNull();
  });

  it('then what was promoted is not promoted again for the same outcomes', () => {
    const decided = recalibrate(given({ claims }));
    const current = { slope: decided?.slope ?? 1, shift: decided?.shift ?? 0 };
    expect(recalibrate(given({ claims, current }))).toBeNull();
  });

  it('then the order of the outcomes changes nothing', () => {
    expect(recalibrate(given({ claims: [...claims].reverse() }))).toEqual(
      recalibrate(given({ claims })),
    );
  });
});

describe('given a seller for whom the model is right', () => {
  const claims = outcomes(400);

  it('then nothing moves', () => {
    expect(recalibrate(given({ claims }))).toBeNull();
  });

  it('then a calibration that no longer helps is taken back', () => {
    const decided = recalibrate(given({ claims, current: HARSH }));
    // Back to nothing, or to what is all but nothing: never left as it is.
    expect(decided).not.toBeNull();
    expect(Math.abs(decided?.shift ?? 9)).toBeLessThan(0.3);
  });
});

it('given a calibration in force, then turning it off takes it back at once', () => {
  const decided = recalibrate(given({ isOn: false, current: HARSH, claims: outcomes(3) }));
  expect(decided).toMatchObject({ slope: 1, shift: 0, reason: 'turned_off' });
});

it('given any outcomes, then a calibration never turns a direction round', () => {
  const claim = fc.record({
    claimId: fc.uuid(),
    logOdds: fc.double({ min: -8, max: 8, noNaN: true }),
    approved: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 60 }), (claims) => {
      const { slope, shift } = fitCalibration(claims);
      expect(slope).toBeGreaterThan(0);
      expect(Number.isFinite(shift)).toBe(true);
    }),
  );
});
