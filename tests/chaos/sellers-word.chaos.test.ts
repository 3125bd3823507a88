import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allRecoveries,
  connectSeller,
  signIn,
  startProduct,
  syncUntilSettled,
  truthOf,
  waitUntilSettled,
  type Browser,
  type Product,
  type Recovery,
  type Truth,
} from '../product/index.js';

const SELLER = 'A2HARBORPINE01';
const JSON_BODY = { 'content-type': 'application/json' };
const caseSchema = z.object({
  unitsLost: z.int(),
  guaranteedAmount: z.number(),
  submission_status: z.string(),
});

/** What a claim and a true loss have in common, whoever told of it. */
const lossKey = ({ subtype, fnsku, units }: { subtype: string; fnsku: string; units: number }) =>
  [subtype, fnsku, units].join(' ');

describe('given what only the seller can tell, told by HTTP', () => {
  let product: Product;
  let seller: Browser;
  let owed: Truth['bySellersWord'];
  let before: readonly Recovery[];
  let after: readonly Recovery[];

  beforeAll(async () => {
    product = await startProduct({ orders: 600 });
    seller = await signIn(product);
    await connectSeller(seller, SELLER);
    await syncUntilSettled(product, seller);
    owed = (await truthOf(product, SELLER)).bySellersWord;
    before = await allRecoveries(seller);
    await tellCosts();
    await tellLosses();
    const expected = before.length + owed.claims.length;
    await eventually(async () => (await allRecoveries(seller)).length >= expected, {
      timeoutMs: 120_000,
    });
    await waitUntilSettled(product, 120_000);
    after = await allRecoveries(seller);
  }, 600_000);
  afterAll(() => product[Symbol.asyncDispose]());

  async function tellCosts(): Promise<void> {
    const rows = owed.words
      .filter((word) => word.kind === 'cost')
      .map(({ sku, effectiveFrom, unitCost: { amount, currency } }) => ({
        ...{ sku, unit_cost: Number(amount), currency, effective_from: effectiveFrom },
      }));
    expect(rows.length).toBeGreaterThan(0);
    const body = JSON.stringify(rows);
    const answer = await seller.request('/api/costs', { method: 'PUT', headers: JSON_BODY, body });
    expect(answer.status).toBe(200);
  }

  async function tellLosses(): Promise<void> {
    const losses = owed.words.filter((word) => word.kind === 'loss');
    expect(new Set(losses.map(({ subtype }) => subtype)).size).toBe(2);
    for (const { subtype, orderId, removalOrderId, sku, quantity } of losses) {
      const body = JSON.stringify({ subtype, orderId, removalOrderId, sku, quantity });
      const request = { method: 'POST', headers: JSON_BODY, body };
      expect((await seller.request('/api/recoveries', request)).status).toBe(200);
    }
  }

  it('then exactly the claims that it makes true are new, with their units, and no look-alike of it is', () => {
    const known = new Set(before.map(({ id }) => id));
    const made = after
      .filter(({ id }) => !known.has(id))
      .map(({ quantity: units, ...claim }) => lossKey({ ...claim, units }));
    expect(made.sort()).toEqual(owed.claims.map(lossKey).sort());
    const subtypes = new Set(owed.claims.map(({ subtype }) => subtype));
    expect([...subtypes]).toEqual(expect.arrayContaining(['return_wrong_item', 'removal_damaged']));
  });

  it('then each has its page with the units and value of the truth, and goes out by no machine', async () => {
    for (const { subtype, fnsku, units, unitValue } of owed.claims) {
      const claim = after.find(
        (one) => one.subtype === subtype && one.fnsku === fnsku && one.quantity === units,
      );
      const page = await seller.get(`/api/recoveries/${claim?.id ?? ''}`, caseSchema);
      const worth = unitValue && Math.round(Number(unitValue.amount) * 100 * units) / 100;
      expect(page).toMatchObject({ unitsLost: units, guaranteedAmount: worth ?? 0 });
      expect(claim?.amountKnown).toBe(unitValue !== null);
      if (subtype === 'return_wrong_item' || subtype === 'removal_damaged') {
        expect(claim?.tier).not.toBe('auto');
        expect(page.submission_status).toBe('draft');
      }
    }
  });
});
