import type { EventData } from '@recoup/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayIn } from '@recoup/kernel';
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
const open = {
  lossDay: addDays(today, -10),
  opensOn: addDays(today, -10),
  deadline: addDays(today, 50),
};
const proven: Omit<EventData<'claim.validated'>, 'claimId'> = {
  quantity: 3,
  requiredDocuments: 'Available',
  documents: [{ type: 'ledger_extract', status: 'Available', reasons: [] }],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.7,
};

interface Waiting {
  readonly user: User;
  readonly claimId: string;
  /** POST of a command on the claim. */
  readonly command: (name: string, body?: object, key?: string) => Promise<Answer>;
  readonly story: () => Promise<string[]>;
}

/** A claim that waits for its seller, its evidence as told. */
async function waitingClaim(
  evidence: Partial<typeof proven> = {},
  change: Partial<EventData<'claim.detected'>> = {},
): Promise<Waiting> {
  const user = await gateway.newUser();
  const [claimId = ''] = await user.seller.claims([{ ...open, tier: 'prompt', ...change }]);
  await user.seller.onClaim('claim.validated', { ...proven, ...evidence, claimId });
  const prompt = promptData({ kind: 'confirm_not_found', question: 'Lost?' });
  await user.seller.onClaim('claim.review_prompted', { claimId, prompt });
  return {
    user,
    claimId,
    command: (name, body, key) =>
      user.post(`/api/recoveries/${claimId}/${name}`, {
        headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    story: async () =>
      (await user.seller.claimEvents(claimId)).map(({ type }) => type.slice('claim.'.length)),
  };
}

const statusOf = async ({ user, claimId }: Waiting): Promise<unknown> => {
  const { text } = await user.get('/api/recoveries');
  const list = JSON.parse(text) as { id: string; status: string }[];
  return list.find(({ id }) => id === claimId)?.status;
};

describe('POST …/submit', () => {
  it.each(['recoveries', 'claims'])(
    'given a claim that waits, under /api/%s, then it is on its way at once',
    async (under) => {
      const claim = await waitingClaim();
      const answer = await claim.user.post(`/api/${under}/${claim.claimId}/submit`);
      expect(answer).toMatchObject({
        status: 200,
        body: { id: claim.claimId, status: 'Submitted', submission_status: 'submitted' },
      });
      expect(await statusOf(claim)).toBe('Submitted');
      const last = (await claim.user.seller.claimEvents(claim.claimId)).at(-1);
      expect(last).toMatchObject({
        type: 'claim.submission_authorized',
        actor: `user:${claim.user.tenantId}`,
        data: { quantity: 3 },
      });
    },
  );

  it('given twenty at once, with a key or without, then it was said once', async () => {
    const claim = await waitingClaim();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => claim.command('submit', undefined, n % 2 ? 'one' : '')),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await claim.story()).toEqual([
      ...['detected', 'validated', 'review_prompted', 'submission_authorized'],
    ]);
  });

  it('given what is missing, then 422 names it', async () => {
    const claim = await waitingClaim({
      requiredDocuments: 'Missing',
      documents: [{ type: 'supplier_invoice', status: 'Missing', reasons: ['no invoice'] }],
    });
    expect(await claim.command('submit')).toMatchObject({
      status: 422,
      body: { code: 'evidence_missing', missing: ['supplier_invoice'], reasons: ['no invoice'] },
    });
    expect(await claim.story()).toHaveLength(3);
  });

  it('given its window has closed, then 422', async () => {
    const claim = await waitingClaim({}, { deadline: addDays(today, -1) });
    const { status, body } = await claim.command('submit');
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'window_closed' });
    expect(body['reasons']).toEqual([`The last day to file was ${addDays(today, -1)}`]);
  });

  it('given a claim that Amazon has by itself, then 409', async () => {
    const claim = await waitingClaim();
    await claim.user.seller.onClaim('claim.submitted', {
      claimId: claim.claimId,
      channel: 'sandbox',
      amazonCaseId: '15900',
      submittedAt: new Date().toISOString(),
    });
    const { status, body } = await claim.command('submit');
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'already_filed' });
  });
});

describe('POST …/outcome', () => {
  const caseId = { amazonCaseId: '15900412371' };

  it('given a claim filed by hand, then what Amazon decided is recorded to the cent', async () => {
    const claim = await waitingClaim();
    const told = { outcome: 'approved', ...caseId, amount: 19.99, reason: ' not found ' };
    expect(await claim.command('outcome', told)).toMatchObject({
      status: 200,
      body: { status: 'Under Review', submission_status: 'approved' },
    });
    expect((await claim.user.seller.claimEvents(claim.claimId)).at(-1)).toMatchObject({
      type: 'claim.approved',
      data: {
        ...caseId,
        source: 'person',
        amount: { amount: '19.99', currency: 'USD' },
        reason: 'not found',
      },
    });
    expect((await claim.command('outcome', told)).status).toBe(200);
    expect(await claim.story()).toHaveLength(4);
  });

  it('given a denial, then a better decision may follow and no worse one', async () => {
    const claim = await waitingClaim();
    expect((await claim.command('outcome', { outcome: 'denied', ...caseId })).body).toMatchObject({
      status: 'Denied',
    });
    const partly = { outcome: 'partially_approved', amount: 5 };
    expect((await claim.command('outcome', partly)).status).toBe(200);
    const { status, body } = await claim.command('outcome', { outcome: 'denied' });
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'already_decided' });
  });

  const REFUSED = [
    ['no case', 'not_filed', { outcome: 'approved' }],
    ['half a cent', 'bad_amount', { outcome: 'approved', ...caseId, amount: 1.005 }],
    [
      'another currency',
      'other_currency',
      { outcome: 'approved', ...caseId, amount: 1, currency: 'EUR' },
    ],
    ['an amount for a denial', 'bad_amount', { outcome: 'denied', ...caseId, amount: 1 }],
  ] as const;
  const INVALID = [
    ['no outcome', {}],
    ['an unknown outcome', { outcome: 'paid' }],
    ['a negative amount', { outcome: 'approved', ...caseId, amount: -1 }],
    ['an amount beyond measure', { outcome: 'approved', ...caseId, amount: 1e21 }],
    ['text as an amount', { outcome: 'approved', ...caseId, amount: '1' }],
    ['a case of blanks', { outcome: 'approved', amazonCaseId: '  ' }],
    ['a NUL', { outcome: 'denied', ...caseId, reason: 'a\u0000b' }],
    ['half a character', { outcome: 'denied', ...caseId, reason: '\ud800' }],
  ] as const;

  it.each(REFUSED)('given %s, then 422 %s, and nothing is recorded', async (_, code, told) => {
    const claim = await waitingClaim();
    expect(await claim.command('outcome', told)).toMatchObject({ status: 422, body: { code } });
    expect(await claim.story()).toHaveLength(3);
  });

  it.each(INVALID)('given %s, then 400, and nothing is recorded', async (_, told) => {
    const claim = await waitingClaim();
    const code = 'invalid_request';
    expect(await claim.command('outcome', told)).toMatchObject({ status: 400, body: { code } });
    expect(await claim.story()).toHaveLength(3);
  });

  it('given a value that nobody knows, then the amount is in the currency of the marketplace', async () => {
    const value = { basis: 'unknown', perUnit: null, total: null } as const;
    const claim = await waitingClaim({}, { value });
    await claim.command('outcome', { outcome: 'approved', ...caseId, amount: 0.3 });
    expect((await claim.user.seller.claimEvents(claim.claimId)).at(-1)).toMatchObject({
      data: { amount: { amount: '0.30', currency: 'USD' } },
    });
  });
});

describe('POST …/dismiss and …/resubmit', () => {
  it('given a claim that the seller does not want, then it stays dismissed', async () => {
    const claim = await waitingClaim();
    const dismissed = await claim.command('dismiss', { reason: 'a test shipment' });
    expect(dismissed).toMatchObject({ status: 200, body: { status: 'Awaiting Approval' } });
    expect((await claim.command('dismiss', { reason: 'again' })).status).toBe(200);
    expect((await claim.command('dismiss')).status).toBe(200);
    expect(await claim.story()).toEqual(['detected', 'validated', 'review_prompted', 'dismissed']);
    const { status, body } = await claim.command('submit');
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'claim_dismissed' });
  });

  it('given a claim that was not denied, then it cannot be resubmitted; a denied one says what it lacks', async () => {
    const claim = await waitingClaim();
    expect((await claim.command('resubmit')).body['code']).toBe('not_denied');
    await claim.command('outcome', { outcome: 'denied', amazonCaseId: '1', reason: 'late' });
    expect(await claim.command('resubmit')).toMatchObject({
      status: 422,
      body: { code: 'new_evidence_needed', missing: ['new_document'] },
    });
  });
});

describe('any command', () => {
  it.each(['submit', 'resubmit', 'outcome', 'dismiss'])(
    '%s: given a claim of somebody else, none, or what is no id, then the same 404',
    async (name) => {
      const { claimId } = await waitingClaim();
      const stranger = await gateway.newUser();
      const init = {
        headers: { 'content-type': 'application/json' },
        body: '{"outcome":"approved"}',
      };
      const bodies = [claimId, 'claim_none', 'a%00b', "'; drop table x;--", 'x'.repeat(300)].map(
        async (id) => {
          const path = `/api/recoveries/${encodeURIComponent(id)}/${name}`;
          const { status, body } = await stranger.post(path, init);
          return { status, ...body, requestId: null };
        },
      );
      const answers = await Promise.all(bodies);
      expect(answers[0]).toMatchObject({ status: 404, code: 'not_found' });
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    },
  );
});
