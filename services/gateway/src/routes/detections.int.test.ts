import { streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNKNOWN_VALUE, worth } from '../testing/event-data.js';
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

const whole = { state: 'complete', from: '2025-01-01', to: '2026-11-01' } as const;
const missing = { state: 'missing', from: null, to: null, reason: 'Amazon refused it' } as const;

const run = (user: User) => user.post('/api/detections/run');
const statusOf = async (user: User, id: unknown) =>
  user.get(`/api/detections/status/${String(id)}`);

/** What the detection service says of a detection that was asked for. */
async function complete(user: User, detectionId: string, reimbursements: object = whole) {
  const { tenantId } = user;
  const cause = fromCommand('service:detection', new Date());
  const started = { detectionId, syncId: null, trigger: 'manual', factsAsOf: 1 } as const;
  const completed = {
    ...{ detectionId, syncId: null, amountUnknown: 1 },
    claims: { open: 3, new: 2, changed: 1, withdrawn: 0, expired: 0 },
    pastWindow: { losses: 1, units: 4 },
    potential: [
      { amount: '40.50', currency: 'USD' },
      { amount: '7.00', currency: 'CAD' },
    ],
    coverage: { ledger: whole, reimbursements: reimbursements as typeof whole },
  };
  const outcome = await gateway.store.append({
    ...{ tenantId, streamId: streams.detection(detectionId), expected: 1 },
    events: [
      eventOf('claim.detection_started', started, { cause }),
      eventOf('claim.detection_completed', completed, { cause }),
    ],
    release: [`active-detection:${tenantId}`],
  });
  expect(outcome.ok).toBe(true);
}

describe('asking for a detection', () => {
  it('given none that runs, then one begins; another call answers the same one until it has ended', async () => {
    const user = await gateway.connectedUser();
    const { status, body } = await run(user);
    expect(status).toBe(200);
    expect(body).toEqual({ detection_id: body['detection_id'], status: 'in_progress' });
    const id = String(body['detection_id']);
    const again = await Promise.all([run(user), run(user), run(user)]);
    expect(again.map((answer) => answer.body['detection_id'])).toEqual([id, id, id]);
    expect((await statusOf(user, id)).body).toMatchObject({
      ...{ detection_id: id, status: 'in_progress', trigger: null },
      ...{ newCases: 0, totalPotential: 0, completedAt: null },
    });
    await complete(user, id);
    expect((await statusOf(user, id)).body).toMatchObject({
      ...{ status: 'complete', trigger: 'manual', newCases: 2, openCases: 3 },
      ...{ totalPotential: 40.5, currency: 'USD', totals: { USD: 40.5, CAD: 7 } },
      ...{ amountUnknownCount: 1, tooLate: { losses: 1, units: 4 } },
    });
    const next = String((await run(user)).body['detection_id']);
    expect(next).not.toBe(id);
    const results = JSON.parse((await user.get('/api/detections/results')).text) as unknown[];
    expect(results).toMatchObject([{ detection_id: next }, { detection_id: id }]);
  });

  it('given an idempotency key, then a repeat answers the same detection, also after its end', async () => {
    const user = await gateway.connectedUser();
    const headers = { 'idempotency-key': 'k' };
    const first = await user.post('/api/detections/run', { headers });
    await complete(user, String(first.body['detection_id']));
    const repeat = await user.post('/api/detections/run', { headers });
    expect(repeat.body).toEqual(first.body);
  });

  it('given one whose facts were erased before it ended, then the next one begins all the same', async () => {
    const user = await gateway.connectedUser();
    const id = String((await run(user)).body['detection_id']);
    const gone = await user.post('/api/v1/integrations/disconnect?provider=amazon&purge=1');
    expect(gone.status).toBe(200);
    await user.seller.connect();
    expect((await statusOf(user, id)).status).toBe(404);
    const next = await run(user);
    expect(next.status).toBe(200);
    expect(next.body['detection_id']).not.toBe(id);
  });

  it('given no connection, then it is refused; and nobody sees the detection of another', async () => {
    const [stranger, user] = [await gateway.newUser(), await gateway.connectedUser()];
    expect(await run(stranger)).toMatchObject({
      status: 400,
      body: { code: 'amazon_not_connected' },
    });
    const id = (await run(user)).body['detection_id'];
    expect((await statusOf(stranger, id)).status).toBe(404);
    expect((await statusOf(user, '%00')).status).toBe(404);
    expect((await stranger.get('/api/detections/results')).text).toBe('[]');
  });
});

describe('what detections found', () => {
  const claim = (confidence: number, more: object = {}) => ({
    score: { modelVersion: 'm', confidence, intercept: 0, contributions: [] },
    ...more,
  });

  it('given open claims, then they are counted by subtype, tier and confidence, and ordered by deadline', async () => {
    const user = await gateway.connectedUser();
    const ids = await user.seller.claims([
      claim(0.91, { deadline: '2099-01-02' }),
      claim(1, { subtype: 'damaged_warehouse', claimType: 'damaged_goods', value: worth('5.00') }),
      claim(0.3, { tier: 'manual', value: UNKNOWN_VALUE, deadline: '2099-01-01' }),
      claim(0.31, { value: worth('8.00', 'CAD'), deadline: '2099-01-03' }),
    ]);
    const [, denied = ''] = ids;
    const decision = { amazonCaseId: '1', source: 'person', reason: null } as const;
    const position = await user.seller.onClaim('claim.denied', { claimId: denied, ...decision });
    expect(position).toBeGreaterThan(0);
    await expect
      .poll(async () => (await user.get('/api/detections/statistics')).body, { timeout: 10_000 })
      .toMatchObject({ count: 3 });
    const usd = { value: 22.5, totals: { USD: 22.5, CAD: 8 } };
    expect((await user.get('/api/detections/statistics')).body).toEqual({
      ...{ currency: 'USD', count: 3, amountUnknownCount: 1, ...usd },
      bySubtype: { lost_warehouse: { count: 3, amountUnknownCount: 1, ...usd } },
      byTier: {
        auto: { count: 2, amountUnknownCount: 0, ...usd },
        manual: { count: 1, amountUnknownCount: 1, value: 0, totals: {} },
      },
      risks: {},
    });
    const tenths = JSON.parse((await user.get('/api/detections/confidence-distribution')).text) as {
      count: number;
    }[];
    expect(tenths.map(({ count }) => count)).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 1]);
    const deadlines: unknown = JSON.parse((await user.get('/api/detections/deadlines')).text);
    expect(deadlines).toMatchObject([
      { id: ids[2], deadline: '2099-01-01', amount: null, currency: null },
      { id: ids[0], deadline: '2099-01-02', amount: 22.5, currency: 'USD' },
      { id: ids[3], deadline: '2099-01-03', amount: 8, currency: 'CAD' },
    ]);
    const [first, second] = deadlines as { daysLeft: number }[];
    expect((second?.daysLeft ?? 0) - (first?.daysLeft ?? 0)).toBe(1);
  });
});

describe('coverage', () => {
  const coverage = async (user: User) => (await user.get('/api/coverage')).body;

  it('given no detection, then nothing is said; given a gap, then what may be missing', async () => {
    const user = await gateway.connectedUser();
    expect(await coverage(user)).toMatchObject({ complete: false, sources: [] });
    const id = String((await run(user)).body['detection_id']);
    await complete(user, id, missing);
    await run(user);
    expect(await coverage(user)).toMatchObject({
      ...{ detection_id: id, complete: false, openCases: 3 },
      sources: [
        { source: 'ledger', state: 'complete', reason: null },
        { source: 'reimbursements', state: 'missing', reason: 'Amazon refused it' },
      ],
    });
    expect((await coverage(user))['message']).toContain('may be claims');
  });

  it('given every source whole, then it says so', async () => {
    const user = await gateway.connectedUser();
    await complete(user, String((await run(user)).body['detection_id']));
    await run(user);
    expect(await coverage(user)).toMatchObject({ complete: true, message: '3 open claims.' });
  });
});
