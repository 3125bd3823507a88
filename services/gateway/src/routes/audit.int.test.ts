import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

type User = Awaited<ReturnType<GatewayUnderTest['newUser']>>;
interface Act {
  readonly act: string;
  readonly claimId: string | null;
  readonly details: string;
  readonly automated: boolean;
}

/** A seller one of whose two claims went out by itself; the other was dismissed for a reason that begins a formula. */
async function sellerWithActs(): Promise<{ user: User; filed: string; dismissed: string }> {
  const user = await gateway.newUser();
  const [filed = '', dismissed = ''] = await user.seller.claims([{}, {}]);
  await user.seller.onClaim('claim.auto_submission_approved', {
    claimId: filed,
    successProbability: 0.93,
    modelVersion: 'claims-1',
  });
  await user.seller.onClaim('claim.filing_called', {
    claimId: filed,
    channel: 'sandbox',
    idempotencyKey: 'filing_1',
    kind: 'submit',
    outcome: 'filed',
    said: null,
  });
  await user.seller.onClaim('claim.dismissed', { claimId: dismissed, reason: '=1+1' });
  return { user, filed, dismissed };
}

async function acts(user: User, query = ''): Promise<Act[]> {
  const answer = await user.get(`/api/audit${query}`);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.text) as Act[];
}

describe('GET /api/audit', () => {
  it('tells every act of a seller, newest first, and nobody else of it', async () => {
    const { user, filed, dismissed } = await sellerWithActs();
    const all = await eventually(async () => {
      const told = await acts(user);
      return told.length === 3 && told;
    });
    expect(all).toMatchObject([
      { act: 'dismissed', claimId: dismissed, details: '=1+1' },
      { act: 'filing_called', claimId: filed, details: 'Filed at sandbox: filed' },
      {
        act: 'auto_submission_approved',
        details: 'By itself: 93 % likely to be approved',
        modelVersion: 'claims-1',
      },
    ]);
    expect(await acts(user, `?claim=${dismissed}`)).toHaveLength(1);
    const automated = await acts(user, '?automated=true');
    expect(automated.every((one) => one.automated)).toBe(true);
    expect(await acts(await gateway.newUser())).toEqual([]);
  });

  it('names the next page, which begins where the one before ended', async () => {
    const { user } = await sellerWithActs();
    await eventually(async () => (await acts(user)).length === 3);
    const first = await user.get('/api/audit?limit=2');
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const [third, ...rest] = JSON.parse((await user.get(next)).text) as Act[];
    expect([third?.act, rest]).toEqual(['auto_submission_approved', []]);
  });

  it('given what is no id of a claim, then it says so', async () => {
    const user = await gateway.newUser();
    expect((await user.get('/api/audit?claim=%00')).status).toBe(400);
  });
});

describe('GET /api/audit.csv', () => {
  it('is a file of all of it, in which no cell begins a formula', async () => {
    const { user } = await sellerWithActs();
    await eventually(async () => (await acts(user)).length === 3);
    const { headers, text } = await user.get('/api/audit.csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = text.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(",'=1+1,");
  });
});
