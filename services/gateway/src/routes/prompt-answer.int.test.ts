import { streams, type Prompt } from '@recoup/contracts';
import { claimState } from '@recoup/domain';
import { addDays, dayIn } from '@recoup/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../testing/client.js';
import { promptData } from '../testing/event-data.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

const today = dayIn('America/Los_Angeles', new Date());
const lossDay = addDays(today, -10);
const open = { lossDay, opensOn: lossDay, deadline: addDays(today, 50), tier: 'prompt' } as const;

interface Asked {
  readonly user: User;
  readonly claimId: string;
  readonly answer: (body: object, headers?: Headers) => Promise<Answer>;
  readonly story: () => Promise<string[]>;
  /** The last answer in the log. */
  readonly told: () => Promise<unknown>;
}

async function asked(change: Partial<Prompt>): Promise<Asked> {
  const user = await gateway.newUser();
  const [claimId = ''] = await user.seller.claims([open]);
  await user.seller.onClaim('claim.review_prompted', { claimId, prompt: promptData(change) });
  const events = () => user.seller.claimEvents(claimId);
  return {
    user,
    claimId,
    answer: post(user, claimId),
    story: async () => (await events()).map(({ type }) => type.slice('claim.'.length)),
    told: async () => claimState(await events())?.answers.at(-1)?.answer,
  };
}

type Headers = Readonly<Record<string, string>>;

const post =
  (user: User, claimId: string) =>
  (body: object, headers: Headers = {}): Promise<Answer> =>
    user.post(`/api/recoveries/${claimId}/answer`, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

const confirm = { kind: 'confirm_not_found', currency: null } as const;
const size = {
  ...{ longest: 24.5, median: '12', shortest: 8, lengthUnit: 'CM' },
  ...{ weight: 410, weightUnit: 'g' },
};

describe('POST /api/recoveries/:id/answer', () => {
  it.each<[Partial<Prompt>, unknown, object]>([
    [confirm, 'yes', { kind: 'confirm_not_found', settled: null }],
    [confirm, true, { kind: 'confirm_not_found', settled: null }],
    [{ kind: 'partnered_carrier' }, 'no', { kind: 'partnered_carrier', partnered: false }],
    [{ kind: 'partnered_carrier' }, true, { kind: 'partnered_carrier', partnered: true }],
    [{}, '4.20', { kind: 'unit_cost', unitCost: { amount: '4.20', currency: 'USD' } }],
    [{}, 4.2, { kind: 'unit_cost', unitCost: { amount: '4.2', currency: 'USD' } }],
    [
      { kind: 'tracking_number' },
      ' 1z 999-aa1 0123456784 ',
      { kind: 'tracking_number', trackingNumber: '1Z999AA10123456784' },
    ],
    [{ kind: 'tracking_number' }, 'none', { kind: 'tracking_number', trackingNumber: null }],
    [
      { kind: 'measured_size' },
      size,
      {
        kind: 'measured_size',
        size: {
          ...{ longest: '24.5', median: '12', shortest: '8', lengthUnit: 'cm' },
          ...{ weight: '410', weightUnit: 'g' },
        },
      },
    ],
    [
      { kind: 'document', documentType: 'photos' },
      'none',
      { kind: 'document', documentType: 'photos', given: 'none' },
    ],
  ])(
    'given %j, when %j is answered, then it is understood and no question is open',
    async (...row) => {
      const [prompt, answer, understood] = row;
      const claim = await asked(prompt);
      const { status, body } = await claim.answer({ answer, promptId: 'prompt_1' });
      expect({ status, prompt: body['prompt'], page: body['status'] }).toEqual({
        ...{ status: 200, prompt: null, page: 'Guaranteed' },
      });
      expect(body['events']).toMatchObject([{}, {}, { title: 'You answered' }]);
      expect(await claim.told()).toEqual(understood);
      expect((await claim.story()).at(-1)).toBe('answered');
    },
  );

  it.each<[Partial<Prompt>, unknown, string]>([
    [confirm, 'no', '"found", "replaced" or "paid"'],
    [confirm, false, '"found", "replaced" or "paid"'],
    [{ kind: 'partnered_carrier' }, 'perhaps', '"yes" or "no"'],
    [{}, 'four', 'an amount above 0 in USD'],
    [{}, '-4', 'an amount above 0 in USD'],
    [{}, 0, 'an amount above 0 in USD'],
    [{}, '4.205', 'no more decimals'],
    [{ kind: 'tracking_number' }, '<script>', 'as the carrier prints it'],
    [{ kind: 'measured_size' }, { ...size, weight: 0 }, '"weightUnit"'],
    [{ kind: 'measured_size' }, { longest: 1 }, '"weightUnit"'],
    [{ kind: 'document', documentType: 'photos' }, 'here it is', 'upload the document'],
  ])('given %j, when %j is answered, then 422 says what is expected', async (...row) => {
    const [prompt, answer, expected] = row;
    const claim = await asked(prompt);
    const { status, body } = await claim.answer({ answer });
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'unreadable_answer' });
    expect(body['expected']).toContain(expected);
    expect(await claim.story()).toEqual(['detected', 'review_prompted']);
  });

  it.each(['found', 'replaced', 'paid'])(
    'given a loss that is %s, then the claim is dropped for that reason',
    async (answer) => {
      const claim = await asked(confirm);
      expect((await claim.answer({ answer })).status).toBe(200);
      expect(await claim.story()).toEqual([
        ...['detected', 'review_prompted', 'answered', 'dismissed'],
      ]);
    },
  );

  it('given a cost, then it stands among the costs of the seller from the day of the loss on', async () => {
    const { user, answer } = await asked({});
    await answer({ answer: '4.20' });
    const { text } = await user.get('/api/costs');
    expect(JSON.parse(text)).toEqual([
      { sku: 'BOTTLE-750', unit_cost: 4.2, currency: 'USD', effective_from: lossDay },
    ]);
  });

  it('given different answers at once, then one stands, and only who gave it is told that it was taken', async () => {
    const claim = await asked({ kind: 'partnered_carrier' });
    const said = Array.from({ length: 20 }, (_, n) => n % 2 === 0);
    const all = await Promise.all(
      said.map((answer) => claim.answer({ answer, promptId: 'prompt_1' })),
    );
    expect(await claim.story()).toEqual(['detected', 'review_prompted', 'answered']);
    const stands = (await claim.told()) as { partnered: boolean };
    const taken = said.filter((_, n) => all[n]?.status === 200);
    expect(taken).toContain(stands.partnered);
    expect(taken).not.toContain(!stands.partnered);
    const refused = all.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['already_answered']));
  });

  it('given the same request twice by one key, then the second is answered as the first was', async () => {
    const claim = await asked(confirm);
    const body = { answer: 'yes', promptId: 'prompt_1' };
    const [first, second] = [
      await claim.answer(body, { 'idempotency-key': 'once' }),
      await claim.answer(body, { 'idempotency-key': 'once' }),
    ];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await claim.story()).toEqual(['detected', 'review_prompted', 'answered']);
  });

  it('given another question by now, then a late answer to the first meets neither', async () => {
    const claim = await asked(confirm);
    const { user, claimId } = claim;
    const prompt = promptData({ id: 'prompt_2', kind: 'partnered_carrier', currency: null });
    await user.seller.onClaim('claim.review_prompted', { claimId, prompt });
    const late = await claim.answer({ answer: 'yes', promptId: 'prompt_1' });
    expect(late).toMatchObject({ status: 409, body: { code: 'other_question' } });
    expect((await claim.answer({ answer: 'yes', promptId: 'prompt_2' })).status).toBe(200);
    expect(await claim.told()).toEqual({ kind: 'partnered_carrier', partnered: true });
  });

  it('given no question, then 409', async () => {
    const user = await gateway.newUser();
    const [claimId = ''] = await user.seller.claims([open]);
    const answer = await post(user, claimId)({ answer: 'yes' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'no_question' } });
  });

  it('given a claim of another seller, then 404 as for none, and nothing is answered', async () => {
    const { claimId, story } = await asked(confirm);
    const other = await gateway.newUser();
    const theirs = await post(other, claimId)({ answer: 'found', promptId: 'prompt_1' });
    const nobodys = await post(other, 'claim_none')({ answer: 'found' });
    expect([theirs.status, nobodys.status]).toEqual([404, 404]);
    expect(theirs.body['message']).toBe(nobodys.body['message']);
    expect(await story()).toEqual(['detected', 'review_prompted']);
    const costs = await gateway.store.readStream(other.tenantId, streams.settings(other.tenantId));
    expect(costs).toEqual([]);
  });
});
