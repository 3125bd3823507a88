import { reservations, streams } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cited, detectedData } from './testing/detected.js';
import { blindRepeats } from './testing/desk-door.js';
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

/** A seller with one claim for the auto tier. */
async function likelyClaim(tenantId: string): Promise<{ seller: Seller; claimId: string }> {
  const row = lostRow({ day: lossDay, referenceId: `REF-${tenantId}` });
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  await seller.synced({ ledger: [row] });
  const data = detectedData({ ledger: [row] });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

const methods = (): string[] => stage.door.calls.map(({ method }) => method);

describe('given a claim for the auto tier', () => {
  it('then it is filed once, by a caller who says who it is', async () => {
    const claim = await likelyClaim('plain');
    await stage.startEvidence();
    expect(await settledAs(claim, 'submitted')).toEqual([
      'detected',
      'validated',
      'auto_submission_approved',
      'submission_requested',
      'filing_called',
      'submitted',
    ]);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await stage.casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
    expect(stage.door.calls).toHaveLength(1);
    expect(stage.door.calls[0]?.userAgent).toContain('Recoup');
    expect(stage.door.calls[0]?.idempotencyKey).toBe(submission?.idempotencyKey);
  });

  it('when the desk takes it and the connection is cut, then it is looked up and not sent again', async () => {
    await stage.orderFault({ mode: 'drop_after_accept' });
    const claim = await likelyClaim('cut-after');
    await stage.startEvidence();
    const story = await settledAs(claim, 'submitted');
    expect(story.filter((type) => type === 'submission_unconfirmed')).toHaveLength(1);
    expect(methods()).toEqual(['POST', 'GET']);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await stage.casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
  });

  it.each([
    ['cuts the connection', { mode: 'reset' }],
    ['breaks', { status: 503 }],
    ['never answers', { mode: 'timeout' }],
  ])(
    'when the desk %s before it takes it, then it is sent again only after a look',
    async (_, fault) => {
      await stage.orderFault(fault);
      const claim = await likelyClaim(`before-${JSON.stringify(fault)}`);
      await stage.startEvidence();
      const story = await settledAs(claim, 'submitted');
      expect(story.filter((type) => type === 'submission_unconfirmed')).toHaveLength(1);
      // A call that is still open is noted when it ends: what matters is that a look lies between two calls.
      expect(methods().filter((method) => method === 'GET')).toHaveLength(1);
      expect(methods().at(-1)).toBe('POST');
      expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
    },
  );

  it('when the desk is busy, then it is asked later, and nothing was in doubt', async () => {
    await stage.orderFault({ status: 429 });
    const claim = await likelyClaim('busy');
    await stage.startEvidence();
    const story = await settledAs(claim, 'submitted');
    expect(story).not.toContain('submission_unconfirmed');
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });
});

describe('given a process that is killed between the call and its record', () => {
  it('then its successor finds the case by its key and opens no other', async () => {
    const claim = await likelyClaim('killed-after');
    const first = await stage.startEvidence();
    stage.door.beforeAnswer = async ({ method }) => {
      if (method === 'POST') await first.kill9();
    };
    await first.exit;
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
    expect((await claim.seller.claim(claim.claimId)).status).toBe('submission_requested');

    stage.door.beforeAnswer = async () => undefined;
    await stage.startEvidence();
    await settledAs(claim, 'submitted');
    expect(methods()).toEqual(['POST', 'GET']);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await stage.casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
  });

  it('when the desk is down too, then the outcome is open until the desk is back', async () => {
    const claim = await likelyClaim('killed-and-down');
    const first = await stage.startEvidence();
    stage.door.beforeAnswer = async ({ method }) => {
      if (method === 'POST') await first.kill9();
    };
    await first.exit;
    stage.door.beforeAnswer = async () => undefined;
    const desk = await stage.killDesk();
    await stage.startEvidence();
    await settledAs(claim, 'submission_unconfirmed');
    await desk.restart();
    const story = await settledAs(claim, 'submitted');
    expect(story.filter((type) => type === 'submission_unconfirmed')).toHaveLength(1);
    expect(methods().filter((method) => method === 'POST')).toHaveLength(1);
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });
});

describe('given a desk that refuses', () => {
  it('then a person gets the claim with the reason, and the loss is free again', async () => {
    await stage.orderFault({ status: 400 });
    const claim = await likelyClaim('refused');
    await stage.startEvidence();
    await settledAs(claim, 'manual_review_queued');
    const { route, submission } = await claim.seller.claim(claim.claimId);
    expect(route?.kind === 'manual' && route.reasons.join()).toContain('400');
    expect(submission?.amazonCaseId).toBeNull();
    expect(await stage.casesOf(claim.claimId)).toEqual([]);
    expect(methods()).toEqual(['POST']);
    const row = lostRow({ day: lossDay, referenceId: 'REF-refused' });
    const [fact] = cited([row]);
    const reservation = reservations.filedLoss('refused', fact?.key ?? '');
    expect(await stage.store.reservationOwner('refused', reservation)).toBeNull();
  });
});

describe('given two processes, many claims and a desk that keeps cutting connections', () => {
  it('then every claim has one case', async () => {
    await stage.orderFault({ mode: 'drop_after_accept', times: 4 });
    await stage.orderFault({ mode: 'reset', times: 2 });
    const tenants = Array.from({ length: 12 }, (_, n) => `many-${n}`);
    const claims = await Promise.all(tenants.map((tenantId) => likelyClaim(tenantId)));
    const [first] = await Promise.all([stage.startEvidence(), stage.startEvidence()]);
    await eventually(() => stage.door.calls.length >= 3);
    await first.kill9();
    for (const claim of claims) await settledAs(claim, 'submitted');
    for (const { claimId, seller } of claims) {
      const { submission } = await seller.claim(claimId);
      expect(await stage.casesOf(claimId)).toEqual([submission?.amazonCaseId]);
      const events = await stage.store.readStream(seller.tenantId, streams.claim(claimId));
      expect(events.filter(({ type }) => type === 'claim.submitted')).toHaveLength(1);
    }
    expect(blindRepeats(stage.door.calls)).toBe(0);
    expect(methods()).toContain('GET');
    await eventually(async () => {
      const open = await stage.pool.query('select from evidence.filing where ended_at is null');
      return open.rowCount === 0;
    });
  }, 60_000);
});
