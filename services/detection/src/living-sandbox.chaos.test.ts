import { describe, expect, it } from 'vitest';
import { look, sorted } from '../test/look-at-seller.js';
import { readSandbox } from '../test/sandbox-seller.js';

const SELLERS = { A2HARBORPINE01: ['ATVPDKIKX0DER'] };

/** By the rows that lost the units: what detection finds in the reports, and what is true. */
async function after(days: number) {
  const read = await readSandbox({ SANDBOX_DAYS_AHEAD: '75' }, SELLERS, days);
  const seller = read['A2HARBORPINE01'];
  if (!seller) throw new Error('the sandbox has no such seller');
  return {
    anchorDay: seller.truth.anchorDay,
    found: look(seller).map(({ finding, reference }) => [
      ...[finding.subject.orderId ?? reference, finding.subtype, finding.quantity],
      finding.value.perUnit,
    ]),
    claims: seller.truth.claims,
  };
}

describe('given a seller whose world went on after the first day', () => {
  it.each([0, 21, 70])(
    'then after %d days exactly what is open then is found at its value, cases under way left out',
    async (days) => {
      const { found, claims, anchorDay } = await after(days);
      const open = claims.flatMap(({ referenceIds, orderId, subtype, units, unitValue }) =>
        [...referenceIds, ...(orderId ? [orderId] : [])].map((id) => [
          ...[id, subtype, units, unitValue],
        ]),
      );
      expect(sorted(found)).toEqual(sorted(open));
      const fresh = claims.filter(({ lossDay }) => lossDay >= anchorDay);
      expect(fresh.length > 0).toBe(days > 0);
    },
    120_000,
  );
});
