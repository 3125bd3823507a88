import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ask } from './ask.js';
import type { Suite } from './suite.js';

/** What the client takes for granted of an entry, whatever else it has: it prints these without a look at them. */
const entrySchema = z.looseObject({
  id: z.string().min(1),
  created: z.iso.datetime(),
  type: z.enum([
    'Lost Inventory',
    'Damaged Goods',
    'Fee Dispute',
    'Overcharge',
    'Missing Reimbursement',
  ]),
  details: z.string().min(1),
  status: z.enum(['New', 'Pending', 'Submitted', 'Paid', 'Denied']),
  guaranteedAmount: z.number().nonnegative(),
  sku: z.string(),
  confidence: z.number().min(0).max(1),
  tier: z.enum(['auto', 'prompt', 'manual']),
  claimType: z.enum(['lost_inventory', 'damaged_goods', 'fee_overcharge', 'missing_reimbursement']),
  quantity: z.int().positive(),
  deadline: z.iso.date(),
  actions: z.array(z.string()),
});
const listSchema = z.array(entrySchema).min(1);

/** The members of the case page that the client prints without a look at them. */
const caseSchema = z.looseObject({
  id: z.string().min(1),
  title: z.string().min(1),
  status: z.enum([
    'Guaranteed',
    'Awaiting Approval',
    'Submitted',
    'Under Review',
    'Paid Out',
    'Denied',
    'Withdrawn',
  ]),
  submission_status: z.string().min(1),
  guaranteedAmount: z.number(),
  currency: z.string().length(3),
  createdDate: z.iso.datetime(),
  sku: z.string(),
  asin: z.string(),
  productName: z.string(),
  facility: z.string().nullable(),
  confidence: z.number().min(0).max(100),
  unitsLost: z.int().positive(),
  unitCost: z.number(),
  evidence_complete: z.boolean(),
  deadline: z.iso.date(),
  events: z
    .array(
      z.looseObject({
        timestamp: z.iso.datetime(),
        title: z.string().min(1),
        description: z.string(),
        type: z.enum(['detection', 'analysis', 'generation', 'submission', 'update', 'completion']),
      }),
    )
    .min(1),
  explanation: z.looseObject({ sources: z.array(z.unknown()).min(1) }),
});

/** Claims and figures, by the shapes and words that the client acts on. */
export function claimCases(suite: () => Suite): void {
  const read = async (address: string): Promise<unknown> =>
    (await ask(suite(), address, { token: suite().token })).json;

  describe('the list of claims', () => {
    it('is a bare array whose entries have every member, none of them null', async () => {
      const claims = listSchema.parse(await read('/api/recoveries?limit=100'));
      const times = claims.map(({ created }) => created);
      expect(times).toEqual([...times].sort().reverse());
    });

    it('is empty for who has none, and no error', async () => {
      const answer = await ask(suite(), '/api/recoveries', { token: await suite().newUser() });
      expect([answer.status, answer.json]).toEqual([200, []]);
    });

    it.each(['status', 'tier', 'type'] as const)('is filtered by ?%s=', async (filter) => {
      const all = listSchema.parse(await read('/api/recoveries?limit=100'));
      const wordOf = (claim: z.infer<typeof entrySchema>): string =>
        filter === 'type' ? claim.claimType : claim[filter];
      for (const word of new Set(all.map(wordOf))) {
        const some = listSchema.parse(await read(`/api/recoveries?limit=100&${filter}=${word}`));
        const ids = all.filter((claim) => wordOf(claim) === word).map(({ id }) => id);
        expect(some.map(({ id }) => id).sort()).toEqual(ids.sort());
      }
    });

    it('goes on where its Link header says, without loss or repeats', async () => {
      const all = listSchema.parse(await read('/api/recoveries?limit=100'));
      const walked: string[] = [];
      let next: string | undefined = '/api/recoveries?limit=2';
      while (next !== undefined) {
        const page: Awaited<ReturnType<typeof ask>> = await ask(suite(), next, {
          token: suite().token,
        });
        walked.push(...listSchema.parse(page.json).map(({ id }) => id));
        next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      }
      expect(walked).toEqual(all.map(({ id }) => id));
    });

    it.each(['status=new', 'tier=all', 'type=lost', 'limit=0', 'limit=101', 'cursor=x'])(
      'refuses ?%s with 400',
      async (query) => {
        const { token } = suite();
        expect((await ask(suite(), `/api/recoveries?${query}`, { token })).status).toBe(400);
      },
    );
  });

  describe('the page of a claim', () => {
    it('has every member that is printed, for each claim, and agrees with the list', async () => {
      const claims = listSchema.parse(await read('/api/recoveries?limit=100'));
      for (const { id, guaranteedAmount, sku } of claims) {
        const page = caseSchema.safeParse(await read(`/api/recoveries/${id}`));
        expect.soft(page.error, id).toBeUndefined();
        expect.soft(page.data, id).toMatchObject({ id, guaranteedAmount, sku });
        const status = await read(`/api/recoveries/${id}/status`);
        const { status: word, events } = page.data ?? {};
        expect.soft(status, id).toMatchObject({ status: word, events });
      }
    });
  });

  describe('the figures', () => {
    const numbers = z.looseObject({
      totalClaimsFound: z.int(),
      inProgress: z.int(),
      valueInProgress: z.number(),
      successRate30d: z.number().min(0).max(100),
      successRate: z.number().min(0).max(100),
      approvedValue: z.number(),
      paidValue: z.number(),
      nextPaymentAmount: z.number(),
      pendingAmount: z.number(),
      byTier: z.looseObject({ auto: z.int(), prompt: z.int(), manual: z.int() }),
    });

    it('are numbers always, for who has claims and for who has none', async () => {
      const own = numbers.parse(await read('/api/metrics/recoveries'));
      const claims = listSchema.parse(await read('/api/recoveries?limit=100'));
      expect(own.totalClaimsFound).toBe(claims.length);
      expect(own.byTier.auto + own.byTier.prompt + own.byTier.manual).toBe(claims.length);
      expect(own.pendingAmount).toBe(own.valueInProgress);
      const token = await suite().newUser();
      const none = (await ask(suite(), '/api/metrics/recoveries', { token })).json;
      expect(numbers.parse(none)).toMatchObject({ totalClaimsFound: 0, valueInProgress: 0 });
    });

    it('of the connection say whether a sync is needed, and never begin one', async () => {
      const own = await read('/api/v1/integrations/amazon/recoveries');
      expect(own).toMatchObject({ needsSync: false, syncTriggered: false, currency: 'USD' });
      const token = await suite().newUser();
      const none = await ask(suite(), '/api/v1/integrations/amazon/recoveries', { token });
      expect(none.json).toMatchObject({ needsSync: true, syncTriggered: false, totalAmount: 0 });
    });
  });
}
