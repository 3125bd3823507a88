import { answerPrompt, fromCommand, isRejection, openPrompt } from '@recoup/domain';
import { streams, type PromptAnswer } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData, type Detected } from './testing/detected.js';
import { openFilingStage, settledAs, type FilingStage } from './testing/filing-stage.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';

const today = dayIn('America/Los_Angeles', new Date());
const lossDay = addDays(today, -10);

let stage: FilingStage;

beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

interface Asked {
  readonly seller: Seller;
  readonly claimId: string;
}

async function claimOf(tenantId: string, change: Partial<Detected>): Promise<Asked> {
  const row = lostRow({ day: lossDay, referenceId: `REF-${tenantId}` });
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  await seller.synced({ ledger: [row] });
  const data = detectedData({ ledger: [row], change });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

/** Says it as the gateway does: decided over the claim, appended at its version. */
async function says({ seller, claimId }: Asked, answer: PromptAnswer): Promise<void> {
  const claim = await seller.claim(claimId);
  const promptId = openPrompt(claim)?.id ?? '';
  const cause = fromCommand('user:testing', new Date());
  const events = answerPrompt(claim, { promptId, answer }, cause);
  if (isRejection(events)) throw new Error(events.message);
  const { tenantId } = seller;
  const streamId = streams.claim(claimId);
  const outcome = await stage.store.append({ tenantId, streamId, expected: claim.version, events });
  expect(outcome.ok).toBe(true);
}

const prompt = { tier: 'prompt' } as const;

describe('given a claim that is likely and not sure', () => {
  it('when the seller says that it is still open, then it is filed once', async () => {
    await stage.startEvidence();
    const claim = await claimOf('open', prompt);
    await settledAs(claim, 'review_prompted');
    await says(claim, { kind: 'confirm_not_found', settled: null });
    expect(await settledAs(claim, 'submitted')).toEqual([
      ...['detected', 'validated', 'review_prompted', 'answered'],
      ...['submission_authorized', 'submission_requested', 'filing_called', 'submitted'],
    ]);
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });

  it('when it is worth more than the limit, then a person approves it all the same', async () => {
    await stage.startEvidence();
    const total = { amount: '800.00', currency: 'USD' };
    const perUnit = { amount: '200.00', currency: 'USD' };
    const value = { basis: 'sourcing_cost', perUnit, total } as const;
    const claim = await claimOf('large', { ...prompt, value });
    await settledAs(claim, 'review_prompted');
    await says(claim, { kind: 'confirm_not_found', settled: null });
    await settledAs(claim, 'manual_review_queued');
    expect(await stage.casesOf(claim.claimId)).toEqual([]);
  });

  it('when the units were found, then it is over, and nothing is filed', async () => {
    await stage.startEvidence();
    const claim = await claimOf('found', prompt);
    await settledAs(claim, 'review_prompted');
    await says(claim, { kind: 'confirm_not_found', settled: 'found' });
    expect((await claim.seller.claim(claim.claimId)).status).toBe('dismissed');
    expect(await stage.casesOf(claim.claimId)).toEqual([]);
  });
});
