import { streams, type ReimbursementFact } from '@recoup/contracts';
import { recordFacts } from '@recoup/facts';
import { addDays, dayIn } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData, unknownValue } from '../testing/detected.js';
import { openFilingStage, settledAs, type FilingStage } from '../testing/filing-stage.js';
import { lostRow, payment } from '../testing/rows.js';
import { openSeller, type Seller } from '../testing/seller.js';

const today = dayIn('America/Los_Angeles', new Date());
const lossDay = addDays(today, -10);

let stage: FilingStage;
beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

interface Found {
  readonly seller: Seller;
  readonly claimId: string;
}

/** A claim for four units; one of unknown value is left to a person, and nobody files it. */
async function found(
  tenantId: string,
  change: Parameters<typeof detectedData>[0]['change'] = {},
): Promise<Found> {
  const row = lostRow({ day: lossDay, referenceId: `REF-${tenantId}` });
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  await seller.synced({ ledger: [row] });
  const data = detectedData({ ledger: [row], change });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

/** What a later sync reads. */
async function synced(
  { seller }: Found,
  n: number,
  payments: readonly ReimbursementFact[],
): Promise<void> {
  const { tenantId } = seller;
  const syncId = `sync_${tenantId}_${n}`;
  const { batchId } = await inTransaction(stage.facts, (tx) =>
    recordFacts(tx, { tenantId, syncId, kind: 'reimbursement', rows: payments }),
  );
  const completed = { syncId, factsAsOf: batchId, counts: {}, coverage: {} };
  await seller.append(streams.sync(syncId), 'sync.completed', completed);
}

const row = (given: Partial<ReimbursementFact>) =>
  payment({ approvedAt: `${addDays(today, -1)}T12:00:00Z`, ...given });

const four = { quantityCash: 4, quantityTotal: 4, amountTotal: '30.00' };

describe('given a filed claim', () => {
  it('when later reports pay it in two rows and take one back, then each counts once, however often it is read', async () => {
    const claim = await found('paid-in-two');
    await stage.startEvidence();
    await settledAs(claim, 'submitted');
    const { submission } = await claim.seller.claim(claim.claimId);
    const caseId = submission?.amazonCaseId ?? '';
    const first = row({ reimbursementId: 'R-10', caseId, quantityCash: 3, amountTotal: '22.50' });
    const inKind = row({ reimbursementId: 'R-11', caseId, ...IN_KIND });
    await synced(claim, 2, [first]);
    await settledAs(claim, 'paid');
    await synced(claim, 3, [first, inKind]);
    await eventually(async () => (await claim.seller.claim(claim.claimId)).payments.length === 2);
    await synced(claim, 4, [first, inKind, BACK]);
    const story = await settledAs(claim, 'reversed');
    expect(story.slice(-4)).toEqual(['partially_approved', 'paid', 'paid', 'reversed']);
    const state = await claim.seller.claim(claim.claimId);
    expect(state.decision).toMatchObject({ source: 'reports', amazonCaseId: caseId });
    expect(state.payments).toMatchObject([
      { amount: { amount: '22.50', currency: 'USD' }, unitsInKind: 0 },
      { amount: null, unitsInKind: 1 },
    ]);
    expect(state.reversals).toMatchObject([{ reason: expect.stringContaining('no find') }]);
    expect(state.status).toBe('paid');
  });
});

const IN_KIND = { quantityCash: 0, quantityInventory: 1, amountTotal: '0.00' };
const BACK = payment({
  ...{ reimbursementId: 'R-12', reason: 'Reimbursement_Reversal', originalReimbursementId: 'R-10' },
  ...{ quantityCash: -3, quantityTotal: -3, amountTotal: '-22.50' },
  approvedAt: `${today}T12:00:00Z`,
});

describe('given a claim that nobody filed', () => {
  const manual = { value: unknownValue, tier: 'manual' } as const;

  it('when Amazon pays for it, then that is unasked, and two workers count it once', async () => {
    const claim = await found('unasked', manual);
    await Promise.all([stage.startEvidence(), stage.startEvidence()]);
    await synced(claim, 2, [row(four)]);
    await settledAs(claim, 'paid_unasked');
    await synced(claim, 3, [row(four)]);
    await synced(claim, 4, [row({ ...four, approvedAt: `${today}T12:00:00Z` })]);
    await drained();
    const { status, unasked, payments } = await claim.seller.claim(claim.claimId);
    expect([status, payments]).toEqual(['paid_unasked', []]);
    expect(unasked).toMatchObject([{ amount: { amount: '30.00' }, unitsLeft: 0 }]);
  });

  it('when its last day is near, then that is told once, and it ends the day after without any detection', async () => {
    const near = await found('near', { ...manual, deadline: addDays(today, 6) });
    const over = await found('over', { ...manual, deadline: addDays(today, -1) });
    await stage.startEvidence();
    await stage.startEvidence();
    await eventually(async () => (await over.seller.claim(over.claimId)).status === 'expired');
    await eventually(async () => (await near.seller.claim(near.claimId)).noticed !== null);
    await stage.pool.query(`update evidence.followed_claim set deadline_look = '-infinity'`);
    await eventually(async () => {
      const { rows } = await stage.pool.query(
        `select from evidence.followed_claim where deadline_look = '-infinity'`,
      );
      return rows.length === 0;
    });
    const story = await near.seller.story(near.claimId);
    expect(story.filter((type) => type === 'deadline_neared')).toHaveLength(1);
  });
});

/** Until everything that was asked to be matched is. */
async function drained(): Promise<void> {
  await eventually(async () => {
    const { rows } = await stage.pool.query(
      `select from evidence.due_work where kind in ('matching', 'validation')`,
    );
    return rows.length === 0;
  });
}
