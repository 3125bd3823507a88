import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  allRecoveries,
  bodyOf,
  connectSeller,
  filedCases,
  signIn,
  startProduct,
  syncUntilSettled,
  waitUntilSettled,
  type Browser,
  type Product,
  type Recovery,
} from '../product/index.js';

const answerSchema = z.object({
  id: z.string(),
  status: z.string(),
  submission_status: z.string(),
  message: z.string(),
});

const evidenceSchema = z.object({
  evidence: z.object({ requiredDocuments: z.array(z.object({ status: z.string() })) }),
});

describe('what a seller does to claims that wait for one', () => {
  let product: Product;
  let seller: Browser;
  /** Claims with all that filing needs but the seller's word, and claims whose value nobody can show. */
  let waiting: readonly Recovery[];
  let unproven: readonly Recovery[];

  beforeAll(async () => {
    product = await startProduct({ orders: 600 });
    seller = await signIn(product);
    await connectSeller(seller, 'A2HARBORPINE01');
    await syncUntilSettled(product, seller);
    const pending = (await allRecoveries(seller)).filter(({ status }) => status === 'Pending');
    const shown = await Promise.all(pending.map(({ id }) => isShown(id)));
    waiting = pending.filter(({ amountKnown }, at) => amountKnown && shown[at]);
    unproven = pending.filter(({ amountKnown }) => !amountKnown);
  });
  afterAll(() => product[Symbol.asyncDispose]());

  function command(id: string, name: string, body?: object): Promise<Response> {
    return seller.request(`/api/recoveries/${id}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  const done = async (id: string, name: string, body?: object) =>
    bodyOf(await command(id, name, body), { url: name, schema: answerSchema });

  /** Whether all documents that the claim needs are at hand. */
  const isShown = async (id: string): Promise<boolean> => {
    const { evidence } = await seller.get(`/api/recoveries/${id}`, evidenceSchema);
    return evidence.requiredDocuments.every(({ status }) => status === 'Available');
  };

  const listed = async (id: string): Promise<Recovery | undefined> =>
    (await allRecoveries(seller)).find((claim) => claim.id === id);

  const casesOf = async (id: string) =>
    (await filedCases(product)).filter(({ request }) => request.claimId === id);

  /** One of these claims, by its place among them. */
  function claimAt(place: number, claims = waiting): Recovery {
    const claim = claims[place];
    if (!claim) throw new Error(`only ${claims.length} claims wait for their seller`);
    return claim;
  }

  it('offers to submit exactly what would be filed', async () => {
    const list = await seller.get(
      '/api/recoveries?limit=100',
      z.array(z.object({ id: z.string(), actions: z.array(z.string()) })),
    );
    const offered = list.filter(({ actions }) => actions.includes('submit'));
    expect(offered.map(({ id }) => id).sort()).toEqual(waiting.map(({ id }) => id).sort());
  });

  it('files a claim for twenty clicks at once as one case, and shows the case', async () => {
    const { id, quantity } = claimAt(0);
    expect(await casesOf(id)).toEqual([]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => command(id, 'submit')));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect((await listed(id))?.status).toBe('Submitted');
    const filed = await eventually(async () => {
      const claim = await listed(id);
      return claim?.amazonCaseId ? claim : false;
    });
    expect(filed).toMatchObject({ status: 'Submitted', quantity });
    await waitUntilSettled(product);
    const cases = await casesOf(id);
    expect(cases.map(({ caseId }) => caseId)).toEqual([filed.amazonCaseId]);
    expect(cases[0]?.request.quantity).toBe(quantity);
    expect(await done(id, 'submit')).toMatchObject({
      submission_status: 'submitted',
      message: `This claim is filed as case ${filed.amazonCaseId}.`,
    });
  });

  it('files it once when the process that files dies at that moment', async () => {
    const { id } = claimAt(1);
    await done(id, 'submit');
    await product.kill('evidence');
    await product.ready('evidence');
    await waitUntilSettled(product);
    expect(await casesOf(id)).toHaveLength(1);
    expect((await listed(id))?.amazonCaseId).toBe((await casesOf(id))[0]?.caseId);
  });

  it('refuses a claim whose value nobody can show, and says what is missing', async () => {
    const refused = await command(claimAt(0, unproven).id, 'submit');
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ missing: ['supplier_invoice'] });
  });

  it('records what Amazon decided, and leaves alone what was dismissed, also after the next sync', async () => {
    const [dismissed, denied] = [claimAt(0, unproven), claimAt(1, unproven)];
    expect(await done(dismissed.id, 'dismiss', { reason: 'a test shipment' })).toMatchObject({
      status: 'Awaiting Approval',
    });
    const told = { outcome: 'denied', amazonCaseId: '15900412371', reason: 'too late' };
    expect(await done(denied.id, 'outcome', told)).toMatchObject({ submission_status: 'denied' });
    expect((await command(denied.id, 'resubmit')).status).toBe(422);
    expect((await command(dismissed.id, 'resubmit')).status).toBe(409);
    expect((await command(dismissed.id, 'submit')).status).toBe(409);

    const before = await allRecoveries(seller);
    await syncUntilSettled(product, seller);
    const after = await allRecoveries(seller);
    const standing = (claims: readonly Recovery[]) => claims.map(({ id, status }) => [id, status]);
    expect(standing(after)).toEqual(standing(before));
    expect(await casesOf(dismissed.id)).toEqual([]);
    expect((await listed(dismissed.id))?.status).toBe('New');
    expect((await listed(denied.id))?.status).toBe('Denied');
  });
});
