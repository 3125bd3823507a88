import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimData, promptData, UNKNOWN_VALUE } from '../testing/event-data.js';
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

async function list(user: User, path: string): Promise<Record<string, unknown>[]> {
  const { status, text } = await user.get(path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return JSON.parse(text) as Record<string, unknown>[];
}

/** Waits until the read models hold that many claims: the test appended them past the routes, which wait by themselves. */
async function shown(user: User, claims: number): Promise<void> {
  await eventually(async () => {
    const { body } = await user.get('/api/metrics/recoveries');
    return body['totalClaimsFound'] === claims;
  });
}

describe('the claims of a seller', () => {
  it('given claims, then a bare array, newest first, with values where they are known', async () => {
    const user = await gateway.newUser();
    const subject = { ...claimData().subject, productName: '' };
    const [first, second] = await user.seller.claims([
      { quantity: 1, subject },
      {
        value: UNKNOWN_VALUE,
        claimType: 'damaged_goods',
        subtype: 'damaged_warehouse',
        tier: 'prompt',
      },
    ]);
    await user.seller.onClaim('claim.review_prompted', {
      claimId: second!,
      prompt: promptData(),
    });
    await user.seller.onClaim('claim.submitted', {
      claimId: first!,
      channel: 'sandbox',
      amazonCaseId: 'CASE-7',
      submittedAt: '2026-11-20T10:00:00Z',
    });
    await eventually(
      async () => (await list(user, '/api/recoveries?status=Submitted')).length === 1,
    );
    const claims = await list(user, '/api/recoveries');
    expect(claims.find(({ id }) => id === first)).toEqual({
      id: first,
      created: '2026-11-01T00:00:00.000Z',
      type: 'Lost Inventory',
      details: '1 unit of BOTTLE-750, 2026-08-20, PHX7',
      status: 'Submitted',
      guaranteedAmount: 22.5,
      amountKnown: true,
      currency: 'USD',
      expectedPayoutDate: null,
      sku: 'BOTTLE-750',
      asin: 'B0EXAMPLE1',
      confidence: 0.91,
      tier: 'auto',
      claimType: 'lost_inventory',
      subtype: 'lost_warehouse',
      orderId: null,
      quantity: 1,
      deadline: '2026-10-19',
      fnsku: 'X0018FNSKU',
      lossDate: '2026-08-20',
      amazonCaseId: 'CASE-7',
      actions: ['outcome'],
      waitingFor: 'amazon_answer',
    });
    expect(claims.find(({ id }) => id === second)).toMatchObject({
      type: 'Damaged Goods',
      status: 'Pending',
      guaranteedAmount: 0,
      amountKnown: false,
      // What its marketplace sells in: a client formats the 0 with it.
      currency: 'USD',
    });
  });

  it('given filters, then just what they ask for; a withdrawn claim is in no list', async () => {
    const user = await gateway.newUser();
    const ids = await user.seller.claims([
      { tier: 'auto' },
      { tier: 'manual' },
      { tier: 'manual', claimType: 'damaged_goods' },
      { tier: 'auto' },
    ]);
    await user.seller.onClaim('claim.withdrawn', {
      claimId: ids[3]!,
      detectionId: 'detection_2',
      reason: 'found',
    });
    await shown(user, 3);
    const found = async (query: string): Promise<unknown[]> =>
      (await list(user, `/api/recoveries?${query}`)).map(({ id }) => id);
    expect((await found('')).sort()).toEqual(ids.slice(0, 3).sort());
    expect(await found('tier=auto')).toEqual([ids[0]]);
    expect(await found('tier=manual&type=damaged_goods')).toEqual([ids[2]]);
    expect(await found('status=Paid')).toEqual([]);
    expect((await found('status=New')).length).toBe(3);
    // A filter that is there and empty asks for nothing.
    expect((await found('status=&tier=&type=&cursor=')).length).toBe(3);
  });

  it('given more than a page, then the Link header leads through all of them, each once', async () => {
    const user = await gateway.newUser();
    const ids = await user.seller.claims(
      Array.from({ length: 45 }, (_, n) => ({ tier: n % 3 === 0 ? ('manual' as const) : 'auto' })),
    );
    await shown(user, 45);
    const walk = async (path: string): Promise<Record<string, unknown>[]> => {
      const { text, headers } = await user.get(path);
      const page = JSON.parse(text) as Record<string, unknown>[];
      const next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      return next === undefined ? page : [...page, ...(await walk(next))];
    };
    const all = await walk('/api/recoveries?limit=7');
    expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const created = all.map((claim) => String(claim['created']));
    expect(created).toEqual([...created].sort().reverse());
    expect((await list(user, '/api/recoveries')).length).toBe(20);
    const manual = await walk('/api/recoveries?limit=4&tier=manual');
    expect(manual).toHaveLength(15);
    expect(manual.every(({ tier }) => tier === 'manual')).toBe(true);
  });

  it('given an offset, then the list goes on from there, and its Link header by cursor', async () => {
    const user = await gateway.newUser();
    await user.seller.claims(Array.from({ length: 9 }, () => ({})));
    await shown(user, 9);
    const ids = (await list(user, '/api/recoveries')).map(({ id }) => id);
    const { text, headers } = await user.get('/api/recoveries?limit=3&offset=4');
    const page = JSON.parse(text) as Record<string, unknown>[];
    expect(page.map(({ id }) => id)).toEqual(ids.slice(4, 7));
    const next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
    expect((await list(user, next)).map(({ id }) => id)).toEqual(ids.slice(7));
    expect(await list(user, '/api/recoveries?offset=9')).toEqual([]);
  });

  it.each(['status=Open', 'tier=x', 'type=lost', 'limit=0', 'limit=101', 'offset=-1', 'cursor=x'])(
    'given %s, then 400 with what is wrong',
    async (query) => {
      const user = await gateway.newUser();
      const { status, body } = await user.get(`/api/recoveries?${query}`);
      expect({ status, code: body['code'] }).toEqual({ status: 400, code: 'invalid_request' });
      expect(body['message']).toContain(query.split('=')[0]);
    },
  );
});
