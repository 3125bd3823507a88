import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reservations, streams } from '@recoup/contracts';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { addDays, dayIn } from '@recoup/kernel';
import { openPool, type Service } from '@recoup/service-kit';
import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type SpawnedService,
} from '@recoup/testkit';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cited, detectedData } from './testing/detected.js';
import { blindRepeats, openDeskDoor, type DeskDoor } from './testing/desk-door.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const SANDBOX = fileURLToPath(new URL('../../../infra/sandbox/dist/main.js', import.meta.url));
const SELLER = 'A1TESTSELLER';
const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);

const log = pino({ level: 'silent' });
const closers: (() => PromiseLike<unknown>)[] = [];
const folder = mkdtempSync(join(tmpdir(), 'recoup-evidence-'));

let store: EventStore;
let facts: Service['pool'];
let pool: Service['pool'];
let environment: Record<string, string>;
let sandbox: { process: SpawnedService; origin: string };
let door: DeskDoor;
let running: SpawnedService[] = [];

beforeAll(async () => {
  const database = await createDatabase();
  closers.push(() => database.drop());
  const nats = await natsServer();
  closers.push(() => nats[Symbol.asyncDispose]());
  const url = database.urlOf('recoup_evidence_follow');
  pool = openPool({ url, name: 'testing', log, max: 4 });
  closers.push(() => pool.end());
  const ingestion = database.urlOf('recoup_ingestion_follow');
  facts = openPool({ url: ingestion, name: 'testing', log, max: 2 });
  closers.push(() => facts.end());
  store = openEventStore(pool);
  environment = { DATABASE_URL: url, NATS_URL: nats.url, FILING_LEASE_SECONDS: '2' };
  sandbox = await startSandbox();
  closers.push(() => sandbox.process.stop());
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  door = await openDeskDoor(`${sandbox.origin}/case-desk`);
});

afterEach(async () => {
  await Promise.all(running.map((service) => service.stop()));
  running = [];
  await door[Symbol.asyncDispose]();
  await fetch(`${sandbox.origin}/sandbox/faults`, { method: 'DELETE' });
});

async function startSandbox(port = 0): Promise<typeof sandbox> {
  const process = await spawnService({
    script: SANDBOX,
    env: {
      SANDBOX_PORT: String(port),
      SANDBOX_STATE_DIR: folder,
      SANDBOX_ORDERS: '0',
      LWA_CLIENT_ID: 'testing',
      LWA_CLIENT_SECRET: 'testing',
    },
  });
  const origin = await eventually(() => /listening on (\S+)/.exec(process.output)?.[1]);
  return { process, origin };
}

async function startEvidence(): Promise<SpawnedService> {
  const env = { ...environment, CLAIM_SUBMISSION: 'sandbox', CASE_DESK_URL: door.url };
  const service = await spawnService({ script: MAIN, env });
  running.push(service);
  return service;
}

async function orderFault(fault: object): Promise<void> {
  const answer = await fetch(`${sandbox.origin}/sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: 'createCase', ...fault }),
  });
  expect(answer.status).toBe(204);
}

const listSchema = z.object({
  cases: z.array(z.object({ caseId: z.string(), request: z.object({ claimId: z.string() }) })),
});

/** What the desk itself holds for a claim: the only witness that counts. */
async function casesOf(claimId: string): Promise<string[]> {
  const answer = await fetch(`${sandbox.origin}/case-desk/cases`);
  const { cases } = listSchema.parse(await answer.json());
  return cases.filter(({ request }) => request.claimId === claimId).map(({ caseId }) => caseId);
}

/** A seller with one claim for the auto tier. */
async function likelyClaim(tenantId: string): Promise<{ seller: Seller; claimId: string }> {
  const row = lostRow({ day: lossDay, referenceId: `REF-${tenantId}` });
  const seller = await openSeller({ store, facts, tenantId, sellerId: SELLER });
  await seller.synced({ ledger: [row] });
  const data = detectedData({ ledger: [row] });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

function settledAs(
  { seller, claimId }: { seller: Seller; claimId: string },
  last: string,
): Promise<string[]> {
  const settled = async (): Promise<string[] | false> => {
    const story = await seller.story(claimId);
    return story.at(-1) === last ? story : false;
  };
  return eventually(settled, { timeoutMs: 25_000 });
}

const methods = (): string[] => door.calls.map(({ method }) => method);

describe('given a claim for the auto tier', () => {
  it('then it is filed once, by a caller who says who it is', async () => {
    const claim = await likelyClaim('plain');
    await startEvidence();
    expect(await settledAs(claim, 'submitted')).toEqual([
      'detected',
      'validated',
      'auto_submission_approved',
      'submission_requested',
      'submitted',
    ]);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
    expect(door.calls).toHaveLength(1);
    expect(door.calls[0]?.userAgent).toContain('Recoup');
    expect(door.calls[0]?.idempotencyKey).toBe(submission?.idempotencyKey);
  });

  it('when the desk takes it and the connection is cut, then it is looked up and not sent again', async () => {
    await orderFault({ mode: 'drop_after_accept' });
    const claim = await likelyClaim('cut-after');
    await startEvidence();
    const story = await settledAs(claim, 'submitted');
    expect(story.filter((type) => type === 'submission_unconfirmed')).toHaveLength(1);
    expect(methods()).toEqual(['POST', 'GET']);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
  });

  it.each([
    ['cuts the connection', { mode: 'reset' }],
    ['breaks', { status: 503 }],
    ['never answers', { mode: 'timeout' }],
  ])(
    'when the desk %s before it takes it, then it is sent again only after a look',
    async (_, fault) => {
      await orderFault(fault);
      const claim = await likelyClaim(`before-${JSON.stringify(fault)}`);
      await startEvidence();
      const story = await settledAs(claim, 'submitted');
      expect(story.filter((type) => type === 'submission_unconfirmed')).toHaveLength(1);
      // A call that is still open is noted when it ends: what matters is that a look lies between two calls.
      expect(methods().filter((method) => method === 'GET')).toHaveLength(1);
      expect(methods().at(-1)).toBe('POST');
      expect(await casesOf(claim.claimId)).toHaveLength(1);
    },
  );

  it('when the desk is busy, then it is asked later, and nothing was in doubt', async () => {
    await orderFault({ status: 429 });
    const claim = await likelyClaim('busy');
    await startEvidence();
    const story = await settledAs(claim, 'submitted');
    expect(story).not.toContain('submission_unconfirmed');
    expect(await casesOf(claim.claimId)).toHaveLength(1);
  });
});

describe('given a process that is killed between the call and its record', () => {
  it('then its successor finds the case by its key and opens no other', async () => {
    const claim = await likelyClaim('killed-after');
    const first = await startEvidence();
    door.beforeAnswer = async ({ method }) => {
      if (method === 'POST') await first.kill9();
    };
    await first.exit;
    expect(await casesOf(claim.claimId)).toHaveLength(1);
    expect((await claim.seller.claim(claim.claimId)).status).toBe('submission_requested');

    door.beforeAnswer = async () => undefined;
    await startEvidence();
    await settledAs(claim, 'submitted');
    expect(methods()).toEqual(['POST', 'GET']);
    const { submission } = await claim.seller.claim(claim.claimId);
    expect(await casesOf(claim.claimId)).toEqual([submission?.amazonCaseId]);
  });

  it('when the desk is down too, then the outcome is open until the desk is back', async () => {
    const claim = await likelyClaim('killed-and-down');
    const first = await startEvidence();
    door.beforeAnswer = async ({ method }) => {
      if (method === 'POST') await first.kill9();
    };
    await first.exit;
    door.beforeAnswer = async () => undefined;
    await sandbox.process.kill9();
    await startEvidence();
    await settledAs(claim, 'submission_unconfirmed');
    sandbox = await startSandbox(Number(new URL(sandbox.origin).port));
    const story = await settledAs(claim, 'submitted');
    expect(story.filter((type) => type === 'submission_unconfirmed')).toHaveLength(1);
    expect(methods().filter((method) => method === 'POST')).toHaveLength(1);
    expect(await casesOf(claim.claimId)).toHaveLength(1);
  });
});

describe('given a desk that refuses', () => {
  it('then a person gets the claim with the reason, and the loss is free again', async () => {
    await orderFault({ status: 400 });
    const claim = await likelyClaim('refused');
    await startEvidence();
    await settledAs(claim, 'manual_review_queued');
    const { route, submission } = await claim.seller.claim(claim.claimId);
    expect(route?.kind === 'manual' && route.reasons.join()).toContain('400');
    expect(submission?.amazonCaseId).toBeNull();
    expect(await casesOf(claim.claimId)).toEqual([]);
    expect(methods()).toEqual(['POST']);
    const row = lostRow({ day: lossDay, referenceId: 'REF-refused' });
    const [fact] = cited([row]);
    const reservation = reservations.filedLoss('refused', fact?.key ?? '');
    expect(await store.reservationOwner('refused', reservation)).toBeNull();
  });
});

describe('given two processes, many claims and a desk that keeps cutting connections', () => {
  it('then every claim has one case', async () => {
    await orderFault({ mode: 'drop_after_accept', times: 4 });
    await orderFault({ mode: 'reset', times: 2 });
    const tenants = Array.from({ length: 12 }, (_, n) => `many-${n}`);
    const claims = await Promise.all(tenants.map((tenantId) => likelyClaim(tenantId)));
    const [first] = await Promise.all([startEvidence(), startEvidence()]);
    await eventually(() => door.calls.length >= 3);
    await first.kill9();
    for (const claim of claims) await settledAs(claim, 'submitted');
    for (const { claimId, seller } of claims) {
      const { submission } = await seller.claim(claimId);
      expect(await casesOf(claimId)).toEqual([submission?.amazonCaseId]);
      const events = await store.readStream(seller.tenantId, streams.claim(claimId));
      expect(events.filter(({ type }) => type === 'claim.submitted')).toHaveLength(1);
    }
    expect(blindRepeats(door.calls)).toBe(0);
    expect(methods()).toContain('GET');
    await eventually(async () => {
      const open = await pool.query('select from evidence.filing where ended_at is null');
      return open.rowCount === 0;
    });
  }, 60_000);
});
