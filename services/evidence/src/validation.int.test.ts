import { reservations, streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { addDays, dayIn } from '@recoup/kernel';
import { openPool, openService, type RunningService } from '@recoup/service-kit';
import { createDatabase, eventually, natsServer } from '@recoup/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvidenceSettings } from './config.js';
import { startEvidence } from './start-evidence.js';
import { cited, detectedData, unknownValue, type DetectedOptions } from './testing/detected.js';
import { damagedRow, intoDamagedStock, lostRow, payment } from './testing/rows.js';
import { detectionOf, openSeller, type Seller } from './testing/seller.js';

const closers: (() => PromiseLike<unknown>)[] = [];
const log = pino({ level: 'silent' });
const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);
const row = (reference: string, quantity = -4) =>
  lostRow({ day: lossDay, referenceId: reference, quantity });

let service: RunningService;
let openTenant: (tenantId: string) => Promise<Seller>;

/** Claims that a person files: the validator and the router alone. */
const settings: EvidenceSettings = {
  CLAIM_SUBMISSION: 'queue',
  AUTO_FILE_DEFAULT: 'on',
  CLAIM_APPROVAL_LIMIT: 500,
  CLAIM_ANSWER_DAYS: 60,
  WEBHOOK_LOCAL: 'off',
  FILING_LEASE_SECONDS: 10,
};

beforeAll(async () => {
  const database = await createDatabase();
  closers.push(() => database.drop());
  const nats = await natsServer();
  closers.push(() => nats[Symbol.asyncDispose]());
  const url = database.urlOf('recoup_ingestion_follow');
  const facts = openPool({ url, name: 'testing', log, max: 2 });
  closers.push(() => facts.end());
  const common = {
    DATABASE_URL: database.urlOf('recoup_evidence_follow'),
    NATS_URL: nats.url,
    NATS_REPLICAS: 1,
    OPS_PORT: 0,
    LOG_LEVEL: 'silent',
  } as const;
  service = await openService('evidence', common, log);
  closers.push(() => service.stop());
  await startEvidence(service, settings);
  openTenant = (tenantId) =>
    openSeller({ store: service.store, facts, tenantId, sellerId: 'A1TESTSELLER' });
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function found(tenantId: string, options: DetectedOptions): Promise<[Seller, string]> {
  const seller = await openTenant(tenantId);
  await seller.synced({ ledger: options.ledger, payments: options.payments ?? [] });
  const data = detectedData(options);
  await seller.detected(data);
  return [seller, data.claimId];
}

function settledAs(seller: Seller, claimId: string, last: string): Promise<string[]> {
  return eventually(async () => {
    const story = await seller.story(claimId);
    return story.at(-1) === last ? story : false;
  });
}

describe('given a claim that can be shown', () => {
  it('when it is likely, then it is validated, approved and queued for a person', async () => {
    const [seller, claimId] = await found('likely', { ledger: [row('L-1')] });
    const story = await settledAs(seller, claimId, 'queued_for_filing');
    expect(story).toEqual([
      'detected',
      'validated',
      'auto_submission_approved',
      'queued_for_filing',
    ]);
    const { validation } = await seller.claim(claimId);
    expect(validation).toMatchObject({
      requiredDocuments: 'Available',
      amazonCompliance: 'Verified',
      successProbability: 0.93,
    });
  });

  it('when nobody knows its value, then one question asks for the unit cost', async () => {
    const [seller, claimId] = await found('unknown-value', {
      ledger: [row('L-2')],
      change: { value: unknownValue, tier: 'prompt' },
    });
    await settledAs(seller, claimId, 'review_prompted');
    expect((await seller.claim(claimId)).route).toMatchObject({ prompt: { kind: 'unit_cost' } });
  });

  it('when it waits for its seller, then his word queues it, and a lower score leaves it there', async () => {
    const change = { tier: 'prompt' } as const;
    const [seller, claimId] = await found('his-word', { ledger: [row('L-8')], change });
    await settledAs(seller, claimId, 'review_prompted');
    await seller.authorizes(claimId);
    const story = await settledAs(seller, claimId, 'queued_for_filing');
    expect(story.slice(2)).toEqual([
      'review_prompted',
      'submission_authorized',
      'queued_for_filing',
    ]);
    const { assessment } = await seller.claim(claimId);
    await seller.append(streams.claim(claimId), 'claim.rescored', {
      ...assessment,
      allocation: [...assessment.allocation],
      sources: [...assessment.sources],
      score: { ...assessment.score, confidence: 0.3 },
      tier: 'manual',
      claimId,
      detectionId: detectionOf('his-word'),
    });
    await settledAs(seller, claimId, 'validated');
    await eventually(async () => {
      const due = await service.pool.query(
        "select from evidence.due_work where kind = 'validation'",
      );
      return due.rowCount === 0;
    });
    expect((await seller.claim(claimId)).status).toBe('queued_for_filing');
  });

  it('when it is damage, then its pair is among the documents', async () => {
    const pair = [damagedRow({ day: lossDay }), intoDamagedStock({ day: lossDay })] as const;
    const [seller, claimId] = await found('damage', { ledger: [...pair], payments: [payment()] });
    await settledAs(seller, claimId, 'queued_for_filing');
    const types = (await seller.claim(claimId)).validation?.documents.map(({ type }) => type);
    expect(types).toContain('disposition_pair');
  });
});

describe('given a claim that cannot be shown', () => {
  it('when its rows are not stored, then a person gets it', async () => {
    const seller = await openTenant('no-rows');
    await seller.synced({ ledger: [row('OTHER')] });
    const data = detectedData({ ledger: [row('L-3')] });
    await seller.detected(data);
    await settledAs(seller, data.claimId, 'manual_review_queued');
    expect((await seller.claim(data.claimId)).validation?.requiredDocuments).toBe('Missing');
  });

  it('when the rows came after its detection, then they do not count for it', async () => {
    const seller = await openTenant('later-rows');
    await seller.synced({ ledger: [row('OTHER')] });
    await seller.synced({ ledger: [row('L-4')] });
    const data = detectedData({ ledger: [row('L-4')] });
    await seller.detected(data);
    await settledAs(seller, data.claimId, 'manual_review_queued');
  });

  it('when the payments were read in part, then their absence is not claimed', async () => {
    const seller = await openTenant('partial');
    const complete = { state: 'complete', from: null, to: null } as const;
    const coverage = {
      ledger: complete,
      reimbursements: { state: 'partial', from: null, to: null, reason: 'throttled' },
    } as const;
    await seller.synced({ ledger: [row('L-5')], coverage });
    const data = detectedData({ ledger: [row('L-5')] });
    await seller.detected(data);
    await settledAs(seller, data.claimId, 'manual_review_queued');
    const { route } = await seller.claim(data.claimId);
    expect(route?.kind === 'manual' && route.reasons.join()).toContain('throttled');
  });
});

describe('given a loss that another claim is filed for', () => {
  it('then it is a duplicate and goes to a person', async () => {
    const ledger = [row('L-6')] as const;
    const [key = ''] = cited([...ledger]).map((fact) => fact.key);
    const seller = await openTenant('duplicate');
    await seller.synced({ ledger });
    const data = detectedData({ ledger: [...ledger] });
    const cause = fromCommand('service:testing', new Date());
    const first = { ...data, claimId: 'claim_first', detectionId: detectionOf('duplicate') };
    await service.store.append({
      tenantId: 'duplicate',
      streamId: streams.claim('claim_first'),
      expected: 'absent',
      events: [eventOf('claim.detected', first, { cause })],
      take: [reservations.filedLoss('duplicate', key)],
    });
    await seller.detected(data);
    await settledAs(seller, data.claimId, 'manual_review_queued');
    const { validation } = await seller.claim(data.claimId);
    expect(validation?.complianceReasons.join()).toContain('claim_first');
    await settledAs(seller, 'claim_first', 'queued_for_filing');
  });
});

describe('given a claim that changes', () => {
  it('when another quantity is claimed, then it is validated and routed again', async () => {
    const back = { ...row('L-7-found', 1), reason: 'F' };
    const ledger = [row('L-7', -6), back] as const;
    const [seller, claimId] = await found('changes', { ledger: [...ledger] });
    await settledAs(seller, claimId, 'queued_for_filing');
    const { quantity: previousQuantity, ...assessment } = (await seller.claim(claimId)).assessment;
    await seller.append(streams.claim(claimId), 'claim.quantity_changed', {
      ...assessment,
      value: { ...assessment.value, total: { amount: '37.50', currency: 'USD' } },
      allocation: [
        ...assessment.allocation,
        { kind: 'found', day: back.day, quantity: 1, reference: 'L-7-found', facility: null },
      ],
      sources: [...assessment.sources],
      claimId,
      detectionId: detectionOf('changes'),
      previousQuantity,
      quantity: 5,
      reason: '1 of 6 units have been found since',
    });
    const story = await eventually(async () => {
      const events = await seller.story(claimId);
      return events.length === 8 ? events : false;
    });
    expect(story.slice(4)).toEqual([
      'quantity_changed',
      'validated',
      'auto_submission_approved',
      'queued_for_filing',
    ]);
    expect((await seller.claim(claimId)).validation?.quantity).toBe(5);
  });
});

describe('given many claims of many sellers at once', () => {
  it('then each is validated once, and no work is left over', async () => {
    const tenants = Array.from({ length: 20 }, (_, n) => `crowd-${n}`);
    const claims = await Promise.all(
      tenants.map(async (tenantId) => {
        const rows = [row(`${tenantId}-1`), row(`${tenantId}-2`), row(`${tenantId}-3`)] as const;
        const seller = await openTenant(tenantId);
        await seller.synced({ ledger: rows });
        const detected = rows.map((one) => detectedData({ ledger: [one] }));
        await Promise.all(detected.map((data) => seller.detected(data)));
        return detected.map(({ claimId }) => [seller, claimId] as const);
      }),
    );
    for (const [seller, claimId] of claims.flat()) {
      expect(await settledAs(seller, claimId, 'queued_for_filing')).toHaveLength(4);
    }
    await eventually(async () => {
      const left = await service.pool.query(
        "select from evidence.due_work where kind = 'validation'",
      );
      return left.rowCount === 0;
    });
  });
});
