import { reservations, streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cited, detectedData, type Detected } from './testing/detected.js';
import { openFilingStage, settledAs, type FilingStage } from './testing/filing-stage.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';

const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);

let stage: FilingStage;

beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

const rowOf = (tenantId: string) => lostRow({ day: lossDay, referenceId: `REF-${tenantId}` });

/** A seller with one claim that waits for its word: a large one, unless told otherwise. */
async function waitingClaim(
  tenantId: string,
  change: Partial<Detected> = {
    value: {
      basis: 'sourcing_cost',
      perUnit: { amount: '200.00', currency: 'USD' },
      total: { amount: '800.00', currency: 'USD' },
    },
  },
): Promise<{ seller: Seller; claimId: string }> {
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  await seller.synced({ ledger: [rowOf(tenantId)] });
  const data = detectedData({ ledger: [rowOf(tenantId)], change });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

describe('given a claim that waits for its seller', () => {
  it.each([
    ['is large', 'large', undefined, 'manual_review_queued'],
    ['is not likely enough', 'prompt', { tier: 'prompt' }, 'review_prompted'],
  ] as const)('when it %s and the seller says so, then it is filed once', async (...row) => {
    const [, tenantId, change, waits] = row;
    await stage.startEvidence();
    const claim = await waitingClaim(tenantId, change);
    await settledAs(claim, waits);
    await claim.seller.authorizes(claim.claimId);
    expect(await settledAs(claim, 'submitted')).toEqual([
      ...['detected', 'validated', waits],
      ...['submission_authorized', 'submission_requested', 'filing_called', 'submitted'],
    ]);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await stage.casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
    expect(stage.door.calls).toHaveLength(1);
  });

  it('when the process is killed between the call and its record, then there is one case', async () => {
    const first = await stage.startEvidence();
    const claim = await waitingClaim('killed');
    await settledAs(claim, 'manual_review_queued');
    stage.door.beforeAnswer = async ({ method }) => {
      if (method === 'POST') await first.kill9();
    };
    await claim.seller.authorizes(claim.claimId);
    await first.exit;
    stage.door.beforeAnswer = async () => undefined;
    await stage.startEvidence();
    await settledAs(claim, 'submitted');
    expect(stage.door.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });

  it('when nobody hears it at first, then it is filed when somebody does', async () => {
    const first = await stage.startEvidence();
    const claim = await waitingClaim('asleep');
    await settledAs(claim, 'manual_review_queued');
    await first.kill9();
    await claim.seller.authorizes(claim.claimId);
    await Promise.all([stage.startEvidence(), stage.startEvidence()]);
    await settledAs(claim, 'submitted');
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });
});

describe('given a desk that refused what the seller had filed', () => {
  it('when the seller says it again, then it is another request', async () => {
    await stage.orderFault({ status: 400 });
    await stage.startEvidence();
    const claim = await waitingClaim('again');
    await settledAs(claim, 'manual_review_queued');
    await claim.seller.authorizes(claim.claimId);
    await eventually(async () => (await claim.seller.story(claim.claimId)).length === 7);
    const refused = await claim.seller.claim(claim.claimId);
    expect(refused).toMatchObject({ status: 'manual', authorization: null });
    await claim.seller.authorizes(claim.claimId);
    await settledAs(claim, 'submitted');
    const keys = stage.door.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(2);
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });
});

describe('given a loss that was filed as another claim meanwhile', () => {
  it('then the word of the seller does not file it twice, and the reason is told', async () => {
    const tenantId = 'meanwhile';
    await stage.startEvidence();
    const claim = await waitingClaim(tenantId);
    await settledAs(claim, 'manual_review_queued');
    const [fact] = cited([rowOf(tenantId)]);
    const claimId = 'claim_other';
    const dismissal = { cause: fromCommand('user:testing', new Date()) };
    const taken = await stage.store.append({
      tenantId,
      streamId: streams.claim(claimId),
      expected: 'any',
      events: [eventOf('claim.dismissed', { claimId, reason: 'only to hold the loss' }, dismissal)],
      take: [reservations.filedLoss(tenantId, fact?.key ?? '')],
    });
    expect(taken.ok).toBe(true);
    await claim.seller.authorizes(claim.claimId);
    const story = await settledAs(claim, 'manual_review_queued');
    expect(story.slice(3)).toEqual(['submission_authorized', 'validated', 'manual_review_queued']);
    const { route, authorization } = await claim.seller.claim(claim.claimId);
    expect(route?.kind === 'manual' && route.reasons.join()).toContain('claim_other');
    expect(authorization).toBeNull();
    expect(stage.door.calls).toEqual([]);
  });
});
