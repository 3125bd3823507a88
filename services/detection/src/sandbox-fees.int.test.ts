import { describe, expect, it } from 'vitest';
import { lookAtFees } from '../test/look-at-fees.js';
import { sorted } from '../test/look-at-seller.js';
import { readSandboxFees, type FeeTruth, type SandboxFees } from '../test/sandbox-fees.js';

const US = 'ATVPDKIKX0DER';
const CANADA = 'A2EUQ1WTGCTBG2';
/** By detector: what the truth calls it. */
const KINDS: Readonly<Record<string, string>> = {
  fulfilment_fee_overcharge: 'fulfilment_fee',
  storage_fee_overcharge: 'storage_fee',
  referral_fee_error: 'referral_fee',
};

/** What can be claimed of a seller, and shows often enough to be an error: one row of storage, three sales. */
function claimable({ feeClaims }: FeeTruth) {
  return feeClaims
    .filter(({ kind, charges }) => kind === 'storage_fee' || charges >= 3)
    .filter((claim) => claim.claimable.charges > 0)
    .map(({ kind, sku, claimable: { charges, overcharged } }) => ({
      kind,
      sku,
      charges,
      overcharged,
    }));
}

function found(fees: SandboxFees) {
  return lookAtFees(fees).map(({ subtype, subject, quantity, value }) => ({
    kind: KINDS[subtype],
    sku: subject.sku,
    charges: quantity,
    overcharged: value.total,
  }));
}

describe('given the fees of sellers on the first day of their worlds', () => {
  it.each([
    ['1', { A3MAPLETRAIL02: [US, CANADA] }],
    ['7', { A2HARBORPINE01: [US] }],
  ])(
    'then with seed %s every error is found to the cent, and nothing that only looks like one',
    async (seed, sellers) => {
      const world = await readSandboxFees({ settings: { SANDBOX_SEED: seed }, sellers });
      for (const fees of Object.values(world)) {
        expect(fees.truth.feeLookAlikes.length).toBeGreaterThan(4);
        expect(claimable(fees.truth).length).toBeGreaterThan(6);
        expect(sorted(found(fees))).toEqual(sorted(claimable(fees.truth)));
      }
    },
    240_000,
  );
});

describe('given errors that nobody mended while time went on', () => {
  it('then after 70 days what is still open is found, to the cent', async () => {
    const world = await readSandboxFees({
      settings: { SANDBOX_DAYS_AHEAD: '75' },
      sellers: { A2HARBORPINE01: [US] },
      afterDays: 70,
    });
    const fees = world['A2HARBORPINE01'];
    if (!fees) throw new Error('the sandbox has no such seller');
    expect(sorted(found(fees))).toEqual(sorted(claimable(fees.truth)));
    const { feeClaims } = fees.truth;
    expect(feeClaims.filter((claim) => claim.claimable.charges > 0)).not.toEqual([]);
    // Charges of the first days are too old by then.
    const shrunk = feeClaims.filter(({ claimable: open, charges }) => open.charges < charges);
    expect(shrunk).not.toEqual([]);
  }, 240_000);
});
