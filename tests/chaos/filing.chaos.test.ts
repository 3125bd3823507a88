import { setTimeout as pause } from 'node:timers/promises';
import { streams } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually, type SpawnedService } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { blindRepeats } from '../../services/evidence/src/testing/desk-door.js';
import { detectedData } from '../../services/evidence/src/testing/detected.js';
import {
  openFilingStage,
  type FilingStage,
} from '../../services/evidence/src/testing/filing-stage.js';
import { lostRow } from '../../services/evidence/src/testing/rows.js';
import { openSeller, type Seller } from '../../services/evidence/src/testing/seller.js';
import { settings } from './chaos-settings.js';
import { seeded } from './seeded.js';

const {
  CHAOS_SEED: seed,
  CHAOS_FILING_CLAIMS: filingClaims,
  CHAOS_FILING_KILLS: filingKills,
} = settings;
const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);
const LONG = { timeoutMs: 300_000 };

let stage: FilingStage;
beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

/** A seller with so many claims that could all go out at once. */
async function sellerWith(tenantId: string, claims: number): Promise<Seller> {
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  const rows = Array.from({ length: claims }, (_, nth) =>
    lostRow({ day: lossDay, referenceId: `REF-${tenantId}-${nth}` }),
  );
  await seller.synced({ ledger: rows });
  for (const row of rows) await seller.detected(detectedData({ ledger: [row] }));
  return seller;
}

/** How many claims of a tenant have had an event of this type. */
async function claimsWith(tenantId: string, type: string): Promise<number> {
  const { rows } = await stage.pool.query<{ claims: number }>(
    `select count(distinct stream_id)::int claims from log.event where tenant_id = $1 and type = $2`,
    [tenantId, type],
  );
  return rows[0]?.claims ?? 0;
}

/** The claims of the desk's cases, each as often as it has one. */
const heldByDesk = (): Promise<readonly string[]> => stage.claimsOnDesk();

describe(`${filingClaims} claims that could all go at once`, () => {
  it('keep to the cases of a day while processes die, and none begins a second after the kill switch', async () => {
    const tenantId = 'thousand';
    const perDay = 40;
    await sellerWith(tenantId, filingClaims);
    const before = (await heldByDesk()).length;
    const processes = [1, 2].map(() => stage.startEvidence({ FILING_PER_DAY: String(perDay) }));
    const running: SpawnedService[] = await Promise.all(processes);
    for (let kills = 0; kills < 6; kills += 1) {
      await pause(700);
      const [victim] = running.splice(kills % 2, 1);
      await victim?.kill9();
      running.push(await stage.startEvidence({ FILING_PER_DAY: String(perDay) }));
    }
    await eventually(async () => (await claimsWith(tenantId, 'claim.submitted')) === perDay, LONG);
    await eventually(
      async () => (await claimsWith(tenantId, 'claim.submission_requested')) === filingClaims,
      LONG,
    );
    expect((await heldByDesk()).length - before).toBe(perDay);

    const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
    await seller.append(streams.settings(tenantId), 'claim.settings_changed', {
      learnFromOutcomes: false,
      autoFile: true,
      governor: { perDay: 10_000, spacingSeconds: 0 },
    });
    await eventually(
      async () => (await claimsWith(tenantId, 'claim.submitted')) >= perDay + 20,
      LONG,
    );
    await stage.turnKillSwitch(tenantId, true);
    const answered = Date.now();
    await eventually(() => stage.isHeld(tenantId), LONG);
    await pause(2000);
    expect(stage.door.calls.filter(({ begunAt }) => begunAt > answered + 1000)).toEqual([]);
    expect(await claimsWith(tenantId, 'claim.submitted')).toBeLessThan(filingClaims);

    await stage.turnKillSwitch(tenantId, false);
    await eventually(async () => (await claimsWith(tenantId, 'claim.submitted')) === filingClaims, {
      timeoutMs: 600_000,
    });
    const keys = await heldByDesk();
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length - before).toBe(filingClaims);
  }, 1_500_000);
});

describe(`evidence is killed ${filingKills} times while it files`, () => {
  it('at a desk that answers late, twice or not at all, and the desk has each case once', async () => {
    const { between } = seeded(seed);
    const random = (): number => between(0, 1);
    const tenantId = 'killed';
    const claims = filingKills * 2;
    await sellerWith(tenantId, claims);
    const before = (await heldByDesk()).length;
    let kills = 0;
    let running = await stage.startEvidence();
    let killing: Promise<unknown> | null = null;
    const kill = (): void => {
      killing ??= running.kill9().then(async () => {
        kills += 1;
        running = await stage.startEvidence();
        killing = null;
      });
    };
    // Late answers, answers that find nobody, and, by the desk's own fault, none: the case is there each time.
    stage.door.beforeAnswer = async () => {
      const fate = random();
      if (fate < 0.5) kill();
      if (fate < 0.7) await pause(Math.floor(random() * 400));
      if (fate > 0.9) await stage.orderFault({ mode: 'drop_after_accept' });
    };
    while (kills < filingKills) {
      // Also between calls: before the request is leased, before it is marked, after it was answered.
      await pause(Math.floor(random() * 250));
      if (random() < 0.3) kill();
      if ((await claimsWith(tenantId, 'claim.submitted')) === claims) break;
    }
    stage.door.beforeAnswer = async () => undefined;
    await eventually(async () => (await claimsWith(tenantId, 'claim.submitted')) === claims, LONG);
    const keys = await heldByDesk();
    expect(kills).toBeGreaterThan(filingKills / 2);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length - before).toBe(claims);
    expect(blindRepeats(stage.door.calls)).toBe(0);
  }, 1_500_000);
});
