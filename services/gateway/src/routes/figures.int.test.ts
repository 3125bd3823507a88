import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNKNOWN_VALUE, worth } from '../testing/event-data.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

const usd = (amount: string) => ({ amount, currency: 'USD' });
const said = { amazonCaseId: null, source: 'person', reason: null } as const;

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

/** A day that many days before today, in UTC. */
function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

async function figures(user: User, path: string): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await user.get(path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return body;
}

/** Waits until figures show that so much was paid: a test appends past the routes, which wait by themselves. */
async function paidShown(user: User, paidValue: number): Promise<void> {
  await eventually(
    async () => (await figures(user, '/api/metrics/recoveries'))['paidValue'] === paidValue,
  );
}

/** Six claims, of which one is open, one unknown, one approved, one paid and partly taken back, one denied, one withdrawn. */
async function sixClaims(user: User): Promise<void> {
  const { seller } = user;
  const [open, unknown, approved, paid, denied, withdrawn] = await seller.claims([
    { value: worth('100.00') },
    { value: UNKNOWN_VALUE, tier: 'prompt' },
    { value: worth('40.00') },
    { value: worth('30.10') },
    { value: worth('20.00'), claimType: 'damaged_goods', subtype: 'damaged_warehouse' },
    { value: worth('7.00'), tier: 'manual' },
  ]);
  expect([open, unknown].every((id) => id !== undefined)).toBe(true);
  await seller.onClaim('claim.partially_approved', {
    ...said,
    claimId: approved!,
    amount: usd('25.50'),
    expectedOn: '2099-01-05',
  });
  await seller.onClaim('claim.denied', { ...said, claimId: denied!, reason: 'No.' });
  await seller.onClaim('claim.withdrawn', {
    claimId: withdrawn!,
    detectionId: 'detection_2',
    reason: 'found',
  });
  const payment = { claimId: paid!, unitsInKind: 0 };
  await seller.onClaim('claim.paid', {
    ...payment,
    reference: 'R-1',
    paidOn: daysAgo(40),
    amount: usd('20.10'),
  });
  await seller.onClaim('claim.paid', {
    ...payment,
    reference: 'R-2',
    paidOn: daysAgo(5), // not on the edge of a window: midnight may pass while this runs
    amount: usd('10.00'),
  });
  await seller.onClaim('claim.reversed', {
    claimId: paid!,
    reference: 'R-3',
    reversedOn: daysAgo(0),
    amount: usd('0.10'),
    reason: null,
  });
  await paidShown(user, 30);
}

describe('the figures of a seller', () => {
  it('given claims of all sorts, then what is open, agreed and paid is told apart', async () => {
    const user = await gateway.newUser();
    await sixClaims(user);
    expect(await figures(user, '/api/metrics/recoveries')).toEqual({
      currency: 'USD',
      totalClaimsFound: 5,
      inProgress: 2,
      valueInProgress: 100,
      pendingAmount: 100,
      approvedValue: 25.5,
      paidValue: 30,
      unaskedAmount: 0,
      nextPaymentAmount: 25.5,
      nextPaymentDate: '2099-01-05',
      amountUnknownCount: 1,
      // Two of three: the denied one is the third.
      successRate: 66.7,
      successRate30d: 66.7,
      byTier: { auto: 4, prompt: 1, manual: 0 },
      byType: { lost_inventory: 4, damaged_goods: 1 },
      byCurrency: {
        USD: {
          ...{ pendingAmount: 100, approvedValue: 25.5, paidValue: 30, totalAmount: 155.5 },
          unaskedAmount: 0,
        },
      },
    });
    expect(await figures(user, '/api/v1/integrations/amazon/recoveries')).toEqual({
      totalAmount: 155.5,
      currency: 'USD',
      totals: { USD: 155.5 },
      claimCount: 4,
      amountUnknownCount: 1,
      message: 'No completed sync yet.',
      needsSync: true,
      syncTriggered: false,
      dataSource: 'sp_api',
    });
  });

  it.each([
    ['7d', 9.9],
    ['30d', 9.9],
    ['90d', 30],
  ])('given the window %s, then what came in during it: %d', async (window, totalRecovered) => {
    const user = await gateway.newUser();
    await sixClaims(user);
    expect(await figures(user, `/api/metrics/dashboard?window=${window}`)).toEqual({
      window,
      currency: 'USD',
      totalRecovered,
      totalApproved: 25.5,
      // 100 × 0.91
      totalExpected: 91,
      evidenceHealth: 0,
      amountUnknownCount: 1,
    });
  });

  it('given open claims of which one has its documents, then that is the health of the evidence', async () => {
    const user = await gateway.newUser();
    const ids = await user.seller.claims([{}, {}, {}]);
    await user.seller.onClaim('claim.validated', {
      claimId: ids[0]!,
      quantity: 3,
      requiredDocuments: 'Available',
      documents: [],
      amazonCompliance: 'Verified',
      complianceReasons: [],
      successProbability: 0.9,
    });
    await eventually(
      async () => (await figures(user, '/api/metrics/dashboard'))['evidenceHealth'] === 33.3,
    );
  });

  it('given two currencies, then the total is in the seller’s own and never their sum', async () => {
    const user = await gateway.newUser();
    const marketplace = {
      id: 'A1F83G8C2ARO7P',
      country: 'GB',
      currency: 'GBP',
      name: 'Amazon.co.uk',
    };
    await user.seller.connect({ region: 'eu', marketplaces: [marketplace] });
    await user.seller.claims([{ value: worth('10.10', 'GBP') }, { value: worth('5.05', 'EUR') }]);
    const path = '/api/v1/integrations/amazon/recoveries';
    await eventually(async () => (await figures(user, path))['claimCount'] === 2);
    expect(await figures(user, path)).toMatchObject({
      currency: 'GBP',
      totalAmount: 10.1,
      totals: { GBP: 10.1, EUR: 5.05 },
    });
  });

  it('given nobody’s claims, then zeros; given a window that is none, then 400', async () => {
    const user = await gateway.newUser();
    expect(await figures(user, '/api/metrics/recoveries')).toMatchObject({
      totalClaimsFound: 0,
      successRate: 0,
      paidValue: 0,
      nextPaymentAmount: 0,
      byCurrency: {},
    });
    expect((await user.get('/api/metrics/dashboard?window=1y')).status).toBe(400);
  });
});
