import { streams, SYSTEM_TENANT } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData } from './testing/detected.js';
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

interface Found {
  readonly seller: Seller;
  readonly claimIds: readonly string[];
}

/** A seller with so many claims that could all go out at once. */
async function sellerWith(tenantId: string, claims: number): Promise<Found> {
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  const rows = Array.from({ length: claims }, (_, nth) =>
    lostRow({ day: lossDay, referenceId: `REF-${tenantId}-${nth}` }),
  );
  await seller.synced({ ledger: rows });
  const found = rows.map((row) => detectedData({ ledger: [row] }));
  for (const data of found) await seller.detected(data);
  return { seller, claimIds: found.map(({ claimId }) => claimId) };
}

const statuses = ({ seller, claimIds }: Found): Promise<string[]> =>
  Promise.all(claimIds.map(async (claimId) => (await seller.claim(claimId)).status));
const inStatus = async (found: Found, status: string): Promise<number> =>
  (await statuses(found)).filter((one) => one === status).length;
const posts = (): number => stage.door.calls.filter(({ method }) => method === 'POST').length;

const turn = (tenantId: string, on: boolean): Promise<unknown> =>
  stage.turnKillSwitch(tenantId, on);

describe('given a seller who lets so many cases go a day', () => {
  it('then two processes file no more, say so once, and the rest stays requested', async () => {
    const found = await sellerWith('capped', 8);
    await Promise.all([1, 2].map(() => stage.startEvidence({ FILING_PER_DAY: '3' })));
    await eventually(async () => (await inStatus(found, 'submitted')) === 3);
    const paused = await eventually(async () => {
      const said = await stage.store.readStream('capped', streams.settings('capped'));
      return said.length > 0 && said;
    });
    expect(paused.map(({ type }) => type)).toEqual(['claim.filing_paused']);
    expect(paused[0]?.data).toMatchObject({ perDay: 3 });
    expect((await statuses(found)).sort()).toEqual([
      ...Array.from({ length: 5 }, () => 'submission_requested'),
      ...Array.from({ length: 3 }, () => 'submitted'),
    ]);
    expect(posts()).toBe(3);
    await found.seller.append(streams.settings('capped'), 'claim.settings_changed', {
      learnFromOutcomes: false,
      autoFile: true,
      governor: { perDay: 5, spacingSeconds: 0 },
    });
    await eventually(async () => (await inStatus(found, 'submitted')) === 5);
    expect(posts()).toBe(5);
  });

  it('then the cases at the desk itself lie apart as the seller wants it', async () => {
    const found = await sellerWith('spaced', 3);
    await Promise.all([1, 2].map(() => stage.startEvidence({ FILING_SPACING_SECONDS: '1' })));
    await eventually(async () => (await inStatus(found, 'submitted')) === 3);
    const times = (await stage.caseTimes(found.claimIds)).sort((a, b) => a - b);
    const apart = times.slice(1).map((at, nth) => at - (times[nth] ?? 0));
    expect(apart).toHaveLength(2);
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(1000);
  });
});

describe('given a kill switch', () => {
  it.each([
    ['its own', 'stopped', 'stopped'],
    ['that of all', 'all-stopped', SYSTEM_TENANT],
  ])('when a seller is stopped by %s, then nothing goes until it is released', async (...named) => {
    const [, tenantId, switched] = named;
    await turn(switched, true);
    const found = await sellerWith(tenantId, 2);
    await stage.startEvidence();
    await eventually(async () => (await inStatus(found, 'submission_requested')) === 2);
    await eventually(() => stage.isHeld(tenantId));
    expect(stage.door.calls).toEqual([]);
    await turn(switched, false);
    await eventually(async () => (await inStatus(found, 'submitted')) === 2);
  });

  it('when it is thrown while the outcome of a call is unknown, then not even that is looked up', async () => {
    await stage.orderFault({ mode: 'drop_after_accept' });
    const found = await sellerWith('looked-up', 1);
    stage.door.beforeAnswer = async () => {
      await turn('looked-up', true);
    };
    await stage.startEvidence();
    const [claimId = ''] = found.claimIds;
    const claim = { seller: found.seller, claimId };
    await settledAs(claim, 'submission_unconfirmed');
    await eventually(() => stage.isHeld('looked-up'));
    expect(stage.door.calls.map(({ method }) => method)).toEqual(['POST']);
    stage.door.beforeAnswer = async () => undefined;
    await turn('looked-up', false);
    await settledAs(claim, 'submitted');
    expect(stage.door.calls.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('when it is thrown in the middle and the bus is gone, then no call begins a second later', async () => {
    const found = await sellerWith('in-the-middle', 30);
    await Promise.all([stage.startEvidence(), stage.startEvidence()]);
    await eventually(() => posts() >= 3);
    const bus = await stage.killBus();
    await turn('in-the-middle', true);
    const answered = Date.now();
    await eventually(() => stage.isHeld('in-the-middle'));
    expect(stage.door.calls.filter(({ begunAt }) => begunAt > answered + 1000)).toEqual([]);
    expect(await inStatus(found, 'submission_requested')).toBeGreaterThan(0);
    await turn('in-the-middle', false);
    await bus.restart();
    await eventually(async () => (await inStatus(found, 'submitted')) === 30, {
      timeoutMs: 60_000,
    });
  }, 90_000);
});

describe('given a seller who has not agreed to automatic filing', () => {
  it('then its claim waits with that reason, and goes once the seller agrees', async () => {
    const found = await sellerWith('asked', 1);
    const [claimId = ''] = found.claimIds;
    await stage.startEvidence({ AUTO_FILE_DEFAULT: 'off' });
    await settledAs({ ...found, claimId }, 'manual_review_queued');
    const { route } = await found.seller.claim(claimId);
    expect(route?.kind === 'manual' && route.reasons.join()).toContain('automatic filing');
    await found.seller.append(streams.settings('asked'), 'claim.settings_changed', {
      learnFromOutcomes: false,
      autoFile: true,
    });
    await settledAs({ ...found, claimId }, 'submitted');
  });
});
