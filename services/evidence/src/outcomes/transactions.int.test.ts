import { streams, type ReimbursementFact, type TransactionFact } from '@recoup/contracts';
import { recordFacts } from '@recoup/facts';
import { addDays, dayIn } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData } from '../testing/detected.js';
import { openFilingStage, settledAs, type FilingStage } from '../testing/filing-stage.js';
import { lostRow, payment } from '../testing/rows.js';
import { openSeller, type Seller } from '../testing/seller.js';
import { transaction } from '../testing/transactions.js';

const today = dayIn('America/Los_Angeles', new Date());
const tomorrow = addDays(today, 1);

let stage: FilingStage;
beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

interface Filed {
  readonly seller: Seller;
  readonly claimIds: readonly [string, ...string[]];
}

/** Claims for units of one product, one for each number, filed at the desk. */
async function filed(tenantId: string, first: number, ...more: readonly number[]): Promise<Filed> {
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  const rowOf = (units: number, n: number) =>
    lostRow({ day: addDays(today, -10), referenceId: `REF-${tenantId}-${n}`, quantity: -units });
  const losses = [first, ...more].map(rowOf);
  await seller.synced({ ledger: losses });
  const found = losses.map((row) => detectedData({ ledger: [row] }));
  for (const data of found) await seller.detected(data);
  await stage.startEvidence();
  const [one, ...others] = found.map(({ claimId }) => claimId);
  if (one === undefined) throw new Error('nothing was found');
  for (const claimId of [one, ...others]) await settledAs({ seller, claimId }, 'submitted');
  return { seller, claimIds: [one, ...others] };
}

interface Read {
  readonly transactions?: readonly TransactionFact[];
  readonly payments?: readonly ReimbursementFact[];
  /** The day up to which the reports were read whole; none were, unless said. */
  readonly readTo?: string;
}

/** A later sync, until everything that it asked for is done. */
async function synced({ seller }: Filed, n: number, read: Read): Promise<void> {
  const { transactions = [], payments = [], readTo: to } = read;
  const { tenantId } = seller;
  const syncId = `sync_${tenantId}_${n}`;
  const factsAsOf = await inTransaction(stage.facts, async (tx) => {
    await recordFacts(tx, { tenantId, syncId, kind: 'transaction', rows: transactions });
    const last = { tenantId, syncId, kind: 'reimbursement', rows: payments } as const;
    return (await recordFacts(tx, last)).batchId;
  });
  const whole = { state: 'complete', from: addDays(today, -365), to: to ?? null } as const;
  const coverage = to === undefined ? {} : { reimbursements: whole };
  await seller.append(streams.sync(syncId), 'sync.completed', {
    ...{ syncId, factsAsOf, counts: {}, coverage },
  });
}

const came = (amount: string, subject: string, day = tomorrow) =>
  transaction({ amount, day, change: { transactionId: subject, subject } });

const paymentsOf = async ({ seller, claimIds: [claimId] }: Filed) =>
  (await seller.claim(claimId)).payments;

describe('given a filed claim whose money is booked', () => {
  it('when the report never tells of it, then it is counted once no row can come any more, and a late row adds nothing', async () => {
    const claim = await filed('booked-only', 4);
    const own = { seller: claim.seller, claimId: claim.claimIds[0] };
    const transactions = [came('30.00', 'T-1')];
    await synced(claim, 2, { transactions, readTo: addDays(tomorrow, 34) });
    await synced(claim, 3, { transactions, readTo: addDays(tomorrow, 35) });
    const story = await settledAs(own, 'paid');
    expect(story.slice(-2)).toEqual(['approved', 'paid']);
    const { submission } = await claim.seller.claim(own.claimId);
    const caseId = submission?.amazonCaseId ?? '';
    const row = payment({
      ...{ reimbursementId: 'R-1', caseId, approvedAt: `${today}T12:00:00Z` },
      ...{ quantityCash: 4, quantityTotal: 4, amountTotal: '30.00' },
    });
    const back = payment({
      ...{ reimbursementId: 'R-2', reason: 'Reimbursement_Reversal' },
      ...{ originalReimbursementId: 'R-1', approvedAt: `${tomorrow}T12:00:00Z` },
      ...{ quantityCash: -4, quantityTotal: -4, amountTotal: '-30.00' },
    });
    await synced(claim, 4, { payments: [row, back] });
    await settledAs(own, 'reversed');
    const state = await claim.seller.claim(own.claimId);
    expect(await paymentsOf(claim)).toMatchObject([
      { amount: { amount: '30.00' }, reference: 'T-1' },
    ]);
    expect(state.reversals).toMatchObject([{ amount: { amount: '30.00' }, original: 'T-1' }]);
  });

  it('when the report tells of it as well, then it counts once, by its row', async () => {
    const claim = await filed('booked-and-reported', 4);
    const own = { seller: claim.seller, claimId: claim.claimIds[0] };
    const { submission } = await claim.seller.claim(own.claimId);
    const row = payment({
      ...{ caseId: submission?.amazonCaseId ?? '', approvedAt: `${today}T12:00:00Z` },
      ...{ quantityCash: 4, quantityTotal: 4, amountTotal: '30.00' },
    });
    const readTo = addDays(tomorrow, 60);
    await synced(claim, 2, { payments: [row], transactions: [came('30.00', 'T-1')], readTo });
    await settledAs(own, 'paid');
    // Only what was counted can be taken back: when it is, the transaction before it was looked at too.
    await synced(claim, 3, { transactions: [came('-30.00', 'T-2')], readTo });
    await settledAs(own, 'reversed');
    expect(await paymentsOf(claim)).toMatchObject([{ reference: 'R-1' }]);
  });
});

describe('given two filed claims of one product and one sum', () => {
  it('when it is booked without a row, then a person is told once, and nothing is counted', async () => {
    const claims = await filed('two-alike', 4, 4);
    const readTo = addDays(tomorrow, 35);
    const stories = () => Promise.all(claims.claimIds.map((id) => claims.seller.story(id)));
    await synced(claims, 2, { transactions: [came('30.00', 'T-1')], readTo });
    await eventually(async () => (await stories()).flat().includes('match_conflicted'));
    await synced(claims, 3, { transactions: [came('30.00', 'T-1')], readTo });
    await eventually(async () => {
      const { rowCount } = await stage.pool.query(
        `select from evidence.due_work where kind = 'matching'`,
      );
      return rowCount === 0;
    });
    const told = (await stories()).flat();
    expect(told.filter((type) => type === 'match_conflicted')).toHaveLength(1);
    expect(told).not.toContain('paid');
  });
});
