import type { RecordedEvent } from '@recoup/contracts';
import { newId } from '@recoup/kernel';
import { inTransaction, openPool, type Service } from '@recoup/service-kit';
import { createDatabase, eventually } from '@recoup/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askToFile, type CallToFile } from './call-permission.js';
import {
  countForsakenFilings,
  endFiling,
  leaseFiling,
  openFiling,
  postponeFiling,
  type Filing,
} from './filings.js';
import { packet } from '../testing/packet.js';

const closers: (() => PromiseLike<unknown>)[] = [];
let pool: Service['pool'];

beforeAll(async () => {
  const database = await createDatabase();
  closers.push(() => database.drop());
  const url = database.urlOf('recoup_evidence_follow');
  pool = openPool({ url, name: 'testing', log: pino({ level: 'silent' }) });
  closers.push(() => pool.end());
});

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** Leave to call as fast as one likes. */
async function markCalling(filing: Filing, seconds: number): Promise<boolean> {
  const governor = { perDay: 100, spacingSeconds: 0 };
  const call: CallToFile = { packet, seconds, governor, day: '2026-11-20', dayLeft: 60 };
  return (await askToFile(pool, filing, call)).granted;
}

async function requested(idempotencyKey: string): Promise<void> {
  const event = {
    type: 'claim.submission_requested',
    id: newId(),
    tenantId: 'tenant-1',
    correlationId: newId(),
    traceparent: null,
    occurredAt: new Date().toISOString(),
    data: { claimId: 'claim_1', channel: 'sandbox', idempotencyKey, quantity: 4 },
  } as unknown as RecordedEvent & { type: 'claim.submission_requested' };
  await inTransaction(pool, (tx) => openFiling(tx, event));
}

async function leased(seconds: number): Promise<Filing> {
  return eventually(() => leaseFiling(pool, 'sandbox', seconds));
}

const late = { delayMs: 0, reason: 'late', mayBeSent: true };

describe('given a request to file', () => {
  it('when it is heard twice, then it is one filing, held by one worker', async () => {
    await requested('twice');
    await requested('twice');
    const held = await Promise.all(
      Array.from({ length: 5 }, () => leaseFiling(pool, 'sandbox', 60)),
    );
    const [filing] = held.filter((one) => one !== null);
    expect(held.filter((one) => one !== null)).toHaveLength(1);
    expect(filing).toMatchObject({ idempotencyKey: 'twice', state: 'waiting', packet: null });
    if (filing) await endFiling(pool, filing, { state: 'void', reason: 'done' });
  });

  it('when its worker was overtaken, then that worker changes nothing any more', async () => {
    await requested('overtaken');
    const slow = await leased(0);
    const quick = await leased(60);
    expect(quick.fence).toBeGreaterThan(slow.fence);
    expect(await markCalling(slow, 60)).toBe(false);
    expect(await endFiling(pool, slow, { state: 'filed', caseId: '1' })).toBe(false);
    expect(await postponeFiling(pool, slow, late)).toBe(false);
    expect(await markCalling(quick, 60)).toBe(true);
    await endFiling(pool, quick, { state: 'filed', caseId: '2' });
  });

  it('when a call may have gone out, then the next worker is told, and gets the same content', async () => {
    await requested('called');
    const first = await leased(60);
    await markCalling(first, 0);
    const next = await leased(60);
    expect(next).toMatchObject({ idempotencyKey: 'called', state: 'calling', packet });
    await endFiling(pool, next, { state: 'filed', caseId: '3' });
  });

  it('when it is over, then nobody takes it and it stays over', async () => {
    await requested('over');
    const filing = await leased(0);
    expect(await countForsakenFilings(pool, null)).toBe(1);
    await endFiling(pool, filing, { state: 'refused', reason: 'no' });
    await requested('over');
    expect(await leaseFiling(pool, 'sandbox', 60)).toBeNull();
    expect(await countForsakenFilings(pool, null)).toBe(0);
    expect(await postponeFiling(pool, filing, late)).toBe(false);
  });
});
