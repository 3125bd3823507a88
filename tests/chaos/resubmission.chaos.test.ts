import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openMonths, type Months } from '../months/months.js';
import { givePdf, submitAll } from '../months/seller-acts.js';
import {
  allRecoveries,
  bodyOf,
  connectSeller,
  filedCases,
  signIn,
  startProduct,
  type Browser,
  type Product,
  type Recovery,
} from '../product/index.js';

const SELLER = 'A2HARBORPINE01';
const LONG = { timeoutMs: 120_000 };

const refusalSchema = z.object({ code: z.string(), missing: z.array(z.string()).optional() });
const answerSchema = z.object({ id: z.string(), submission_status: z.string() });

let product: Product;
let browser: Browser;
let months: Months;

const resubmit = (id: string) =>
  browser.request(`/api/recoveries/${id}/resubmit`, { method: 'POST' });
const refusal = async (id: string) => refusalSchema.parse(await (await resubmit(id)).json());
const denied = async () =>
  (await allRecoveries(browser)).filter(({ status }) => status === 'Denied');
const listed = async (id: string): Promise<Recovery> => {
  const claim = (await allRecoveries(browser)).find((one) => one.id === id);
  if (!claim) throw new Error(`no claim ${id}`);
  return claim;
};

/** Cases of a claim as the desk's own books hold them, oldest first. */
async function casesOf(id: string) {
  const { cases } = await months.books();
  return cases
    .filter(({ claimId }) => claimId === id)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** Gives each of these claims a document, and waits until it has been read. */
async function giveEach(ids: readonly string[]): Promise<void> {
  for (const id of ids) await givePdf(browser, id);
  await eventually(async () => {
    const claims = new Map((await allRecoveries(browser)).map((one) => [one.id, one]));
    return ids.every((id) => claims.get(id)?.actions.includes('resubmit'));
  }, LONG);
}

describe('given claims that the desk has denied', () => {
  /** Those that lack nothing but a new document. */
  let lacking: readonly string[] = [];

  beforeAll(async () => {
    product = await startProduct({
      orders: 900,
      environment: {
        ...{ SANDBOX_DAYS_AHEAD: '130', SANDBOX_QUIET_DAYS: '130' },
        SANDBOX_DESK: 'stern',
      },
    });
    browser = await signIn(product);
    await connectSeller(browser, SELLER);
    months = openMonths({ product, browser, sellerId: SELLER, currencies: ['USD'] });
    await months.pass(0);
    await months.act(submitAll);
    await months.pass(12);
    const all = await denied();
    const refused = await Promise.all(all.map(async ({ id }) => ({ id, ...(await refusal(id)) })));
    lacking = refused.filter(({ code }) => code === 'new_evidence_needed').map(({ id }) => id);
  }, 600_000);
  afterAll(() => product[Symbol.asyncDispose]());

  it('then none is filed anew without a new document, and with one each becomes one more case', async () => {
    expect(lacking.length).toBeGreaterThan(2);
    const before = (await filedCases(product)).length;
    await giveEach(lacking);
    await months.act(async () => {
      for (const id of lacking) {
        await bodyOf(await resubmit(id), { url: id, schema: answerSchema });
        expect((await refusal(id)).code).toBe('not_denied');
      }
    });
    expect((await filedCases(product)).length).toBe(before + lacking.length);
    for (const id of lacking) {
      const [first, second, ...more] = await casesOf(id);
      expect([first?.status, more]).toEqual(['denied', []]);
      expect(await listed(id)).toMatchObject({
        status: 'Submitted',
        amazonCaseId: second?.caseId,
      });
    }
  }, 240_000);

  it('when weeks pass, then the further cases are answered, and what is paid is paid for those', async () => {
    await months.pass(20);
    const ends = await Promise.all(
      lacking.map(async (id) => {
        const [, second] = await casesOf(id);
        const kinds = second?.movements.map(({ kind }) => kind) ?? [];
        return { id, status: second?.status ?? 'none', kinds, claim: await listed(id) };
      }),
    );
    const paid = ends.filter(({ kinds }) => kinds.includes('paid'));
    expect(paid.length).toBeGreaterThan(0);
    for (const { claim, kinds } of paid) {
      expect.soft(claim.status, claim.id).toBe(kinds.includes('reversed') ? 'Denied' : 'Paid');
    }
    for (const { claim, status } of ends.filter((one) => one.status === 'denied')) {
      expect.soft(claim.status, status).toBe('Denied');
    }
  }, 240_000);

  it('then one that is denied again wants a document of its own, and none helps after its window', async () => {
    const again = (await denied()).filter(({ id }) => lacking.includes(id));
    const codes = await Promise.all(again.map(async ({ id }) => (await refusal(id)).code));
    expect(codes.length).toBeGreaterThan(0);
    const [late] = again.filter((_, at) => codes[at] === 'new_evidence_needed');
    if (late) {
      await giveEach([late.id]);
      await months.pass(80);
      expect((await refusal(late.id)).code).toBe('window_closed');
      expect((await listed(late.id)).actions).not.toContain('resubmit');
      expect(await casesOf(late.id)).toHaveLength(2);
    }
  }, 240_000);
});
