import { streams, SYSTEM_TENANT, type EventData } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

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
const proven = {
  quantity: 3,
  requiredDocuments: 'Available',
  documents: [],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.9,
} satisfies Omit<EventData<'claim.validated'>, 'claimId'>;

const post = (client: Client, url: string, body?: object) =>
  client.post(url, {
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });

async function operator(): Promise<Client> {
  const token = await sessionToken({ sub: 'an operator', roles: ['operator'] });
  return new Client(gateway.origin, { session_token: token });
}

async function queuedClaim(): Promise<{ user: User; claimId: string }> {
  const user = await gateway.newUser();
  const [claimId = ''] = await user.seller.claims([open]);
  await user.seller.onClaim('claim.validated', { ...proven, claimId });
  await user.seller.onClaim('claim.queued_for_filing', { claimId });
  return { user, claimId };
}

async function queueOf(client: Client): Promise<{ id: string; seller: string }[]> {
  const { text } = await client.get('/api/filing-queue?limit=100');
  return (JSON.parse(text) as { claims: { id: string; seller: string }[] }).claims;
}

describe('the filing queue', () => {
  it('given two sellers, then each sees its own, and an operator both', async () => {
    const [one, two] = [await queuedClaim(), await queuedClaim()];
    await eventually(async () => (await queueOf(await operator())).length >= 2);
    expect((await queueOf(one.user)).map(({ id }) => id)).toEqual([one.claimId]);
    const all = await queueOf(await operator());
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([one.claimId, two.claimId]));
    expect(all.find(({ id }) => id === two.claimId)?.seller).toBe(two.user.tenantId);
    expect(await queueOf(await gateway.newUser())).toEqual([]);
  });

  it('given more than a page, then the cursor leads on without loss or repeats', async () => {
    const user = await gateway.newUser();
    const ids = await user.seller.claims([open, open, open].map((one) => ({ ...one })));
    for (const claimId of ids) await user.seller.onClaim('claim.queued_for_filing', { claimId });
    await eventually(async () => (await queueOf(user)).length === ids.length);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { text } = await user.get(`/api/filing-queue?limit=1${cursor && `&cursor=${cursor}`}`);
      const page = JSON.parse(text) as { claims: { id: string }[]; nextCursor: string | null };
      seen.push(...page.claims.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen.sort()).toEqual([...ids].sort());
    expect((await user.get('/api/filing-queue?cursor=x')).status).toBe(400);
  });

  it.each([
    ['its seller', async ({ user }: { user: User }) => user as Client],
    ['an operator', operator],
  ])('when %s tells the case, then the claim is filed and leaves the queue', async (_, who) => {
    const claim = await queuedClaim();
    const client = await who(claim);
    const url = `/api/recoveries/${claim.claimId}/filed`;
    const filed = await post(client, url, { amazonCaseId: '15900412371' });
    expect(filed).toMatchObject({ status: 200, body: { submission_status: 'submitted' } });
    expect(await queueOf(claim.user)).toEqual([]);
    expect((await post(client, url, { amazonCaseId: '15900412371' })).status).toBe(200);
    expect(await post(client, url, { amazonCaseId: 'another' })).toMatchObject({
      status: 409,
      body: { code: 'other_case' },
    });
    const events = await claim.user.seller.claimEvents(claim.claimId);
    expect(events.at(-1)).toMatchObject({
      type: 'claim.submitted',
      data: { channel: 'queue', amazonCaseId: '15900412371' },
    });
  });

  it('when another seller tells a case, then the claim is as unknown as any', async () => {
    const { claimId } = await queuedClaim();
    const other = await gateway.newUser();
    const body = { amazonCaseId: '1' };
    expect((await post(other, `/api/recoveries/${claimId}/filed`, body)).status).toBe(404);
    const anybody = await operator();
    expect((await post(anybody, '/api/recoveries/claim_no/filed', body)).status).toBe(404);
  });
});

describe('approving a claim that is worth more than the limit', () => {
  it('given one that waits for that, then its approval is recorded once', async () => {
    const user = await gateway.newUser();
    const [claimId = ''] = await user.seller.claims([open]);
    await user.seller.onClaim('claim.validated', { ...proven, claimId });
    const approve = () => post(user, `/api/recoveries/${claimId}/approve`);
    expect(await approve()).toMatchObject({ status: 409, body: { code: 'approval_not_needed' } });
    const reasons = ['Worth 900.00 USD'];
    await user.seller.onClaim('claim.manual_review_queued', {
      ...{ claimId, reasons },
      needsApproval: true,
    });
    const page = await user.get(`/api/recoveries/${claimId}`);
    expect((JSON.parse(page.text) as { actions: string[] }).actions).toContain('approve');
    expect((await approve()).status).toBe(200);
    expect((await approve()).status).toBe(200);
    const types = (await user.seller.claimEvents(claimId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'claim.filing_approved')).toHaveLength(1);
    const other = await gateway.newUser();
    expect((await post(other, `/api/recoveries/${claimId}/approve`)).status).toBe(404);
  });
});

describe('the kill switch', () => {
  it('given a seller, then it stops and releases its own filing, and nobody else’s', async () => {
    const [user, other] = [await gateway.newUser(), await gateway.newUser()];
    const thrown = await post(user, '/api/kill-switch', { on: true });
    expect(thrown).toMatchObject({ status: 200, body: { on: true, scope: 'seller' } });
    await post(user, '/api/kill-switch', { on: true });
    const switchOf = async (client: Client) =>
      (JSON.parse((await client.get('/api/settings')).text) as { killSwitch: object }).killSwitch;
    expect(await switchOf(user)).toMatchObject({ on: true, scope: 'seller' });
    expect(await switchOf(other)).toEqual({ on: false, scope: null, since: null });
    await post(user, '/api/kill-switch', { on: false });
    expect(await switchOf(user)).toMatchObject({ on: false });
    const said = await gateway.store.readStream(user.tenantId, streams.settings(user.tenantId));
    expect(said.map(({ type }) => type)).toEqual([
      'claim.kill_switch_thrown',
      'claim.kill_switch_released',
    ]);
  });

  it('given all sellers, then it takes an operator', async () => {
    const user = await gateway.newUser();
    const all = { on: true, scope: 'all' };
    expect(await post(user, '/api/kill-switch', all)).toMatchObject({
      status: 403,
      body: { code: 'operator_only' },
    });
    const anybody = await operator();
    expect((await post(anybody, '/api/kill-switch', all)).status).toBe(200);
    const settings = JSON.parse((await user.get('/api/settings')).text) as object;
    expect(settings).toMatchObject({ killSwitch: { on: true, scope: 'all' } });
    await post(anybody, '/api/kill-switch', { ...all, on: false });
    const said = await gateway.store.readStream(SYSTEM_TENANT, streams.settings(SYSTEM_TENANT));
    expect(said.map(({ actor }) => actor)).toEqual(['user:an operator', 'user:an operator']);
  });
});
