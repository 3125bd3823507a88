import { addDays, newName } from '@recoup/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectionWorld, LOSS, lost, type DetectionWorld } from '../test/detection-world.js';
import { sellerWithClaims } from '../test/seller-with-claims.js';
import { ledgerRow } from '../test/story.js';
import { openReprocessJobs, sellersToReprocess } from './adapters/reprocess-jobs.js';
import { eligibilityFor } from './domain/policies/eligibility.js';
import type { ClaimChange } from './reprocess/claim-change.js';
import { changeTable } from './reprocess/print-changes.js';
import { LEASE_MS, reprocessSeller } from './reprocess/reprocess-seller.js';
import type { Changes } from './reprocess/watch-changes.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

interface Terms {
  readonly dryRun: boolean;
  readonly since?: string;
  /** The row of damages that is in force, in place of the published one. */
  readonly damages?: {
    readonly opensAfterDays?: number;
    readonly windowDays?: number;
    readonly name?: string;
  };
  /** True: no row speaks of damages any more. */
  readonly noDamages?: true;
  /** Losses about which Amazon is silent, after so many days in place of 30. */
  readonly maturityDays?: number;
}

/** What of a seller's claims changes by today's policies, one row of them changed. */
async function reprocess(tenantId: string, terms: Terms): Promise<readonly ClaimChange[]> {
  const { claims, risks } = await reprocessAll(tenantId, terms);
  expect(risks).toEqual([]);
  return claims;
}

async function reprocessAll(
  tenantId: string,
  { dryRun, since, damages, noDamages, maturityDays }: Terms,
): Promise<Changes> {
  const changed: typeof eligibilityFor = (network, what, day) => {
    const row = eligibilityFor(network, what, day);
    const subtype = typeof what === 'string' ? what : what.subtype;
    if (row && subtype === 'damaged_warehouse') return noDamages ? null : { ...row, ...damages };
    return row && { ...row, maturityDays: maturityDays ?? row.maturityDays };
  };
  const [basis] = await sellersToReprocess(world.pool, { only: tenantId, after: '' });
  if (!basis) throw new Error('no sync of this seller');
  return reprocessSeller(
    {
      jobs: openReprocessJobs(world.pool, LEASE_MS),
      detection: { ...world.deps, eligibility: changed },
    },
    basis,
    { dryRun, since: since ?? null, rate: null, signal: new AbortController().signal },
  );
}

const told = (changes: readonly ClaimChange[]) =>
  changes.map(({ kind, subtype, before, after }) => [
    ...[kind, subtype, before?.quantity ?? null, after?.quantity ?? null],
  ]);

const windows = (changes: readonly ClaimChange[]) =>
  changes.map(({ kind, before, after }) => [
    ...[kind, before?.opensOn, before?.deadline, after?.opensOn, after?.deadline],
  ]);

describe('given that nothing has changed since the last detection', () => {
  it('then a reprocessing changes nothing', async () => {
    const tenantId = await sellerWithClaims(world);
    const claims = await world.claimsOf(tenantId);
    expect(await reprocess(tenantId, { dryRun: false })).toEqual([]);
    expect(await world.claimsOf(tenantId)).toEqual(claims);
  });
});

describe('given that one row of the policies has changed', () => {
  const damages = { windowDays: 90, opensAfterDays: 45, name: 'longer-and-later' };

  it('then the dry run tells exactly the claims of that row and writes nothing; in earnest it is so, and then nothing is left', async () => {
    const tenantId = await sellerWithClaims(world);
    const before = await world.claimsOf(tenantId);
    const { rows } = await world.pool.query('select count(*) from detection.job');
    const foreseen = await reprocess(tenantId, { dryRun: true, damages });
    expect(told(foreseen)).toEqual([['changed', 'damaged_warehouse', 2, 2]]);
    expect(windows(foreseen)).toEqual([
      ['changed', LOSS, addDays(LOSS, 60), addDays(LOSS, 45), addDays(LOSS, 90)],
    ]);
    expect(changeTable(tenantId, { claims: foreseen, risks: [] })).toContain(
      `, ${addDays(LOSS, 45)} to ${addDays(LOSS, 90)} by longer-and-later since 2024-10-23`,
    );
    expect(await world.claimsOf(tenantId)).toEqual(before);
    expect((await world.pool.query('select count(*) from detection.job')).rows).toEqual(rows);
    expect(await reprocess(tenantId, { dryRun: true, damages })).toEqual(foreseen);

    expect(await reprocess(tenantId, { dryRun: false, damages })).toEqual(foreseen);
    expect((await world.typesOf(tenantId)).flat().sort()).toEqual([
      ...['claim.detected', 'claim.detected', 'claim.rescored'],
    ]);
    expect(await reprocess(tenantId, { dryRun: true, damages })).toEqual([]);
    expect(await reprocess(tenantId, { dryRun: false, damages })).toEqual([]);
  });

  it('then a claim whose window is shorter by now and has closed expires, by the day and the policy that ended it', async () => {
    const tenantId = await sellerWithClaims(world);
    const shorter = { damages: { windowDays: 10, name: 'shorter' } };
    const foreseen = await reprocess(tenantId, { dryRun: true, ...shorter });
    expect(told(foreseen)).toEqual([['expired', 'damaged_warehouse', 2, null]]);
    expect(await reprocess(tenantId, { dryRun: false, ...shorter })).toEqual(foreseen);
    expect([...(await world.claimsOf(tenantId)).values()].flat()).toContainEqual({
      type: 'claim.expired',
      data: expect.objectContaining({
        deadline: addDays(LOSS, 10),
        window: expect.objectContaining({ policy: expect.objectContaining({ name: 'shorter' }) }),
      }),
    });
    expect(await reprocess(tenantId, { dryRun: true, ...shorter })).toEqual([]);
    expect(told(await reprocess(tenantId, { dryRun: true }))).toEqual([
      ['new', 'damaged_warehouse', null, 2],
    ]);
  });

  it('then a claim of which no row speaks any more is withdrawn, and is new when a row speaks of it again', async () => {
    const tenantId = await sellerWithClaims(world);
    const without = { noDamages: true } as const;
    const foreseen = await reprocess(tenantId, { dryRun: true, ...without });
    expect(told(foreseen)).toEqual([['withdrawn', 'damaged_warehouse', 2, null]]);
    expect(await reprocess(tenantId, { dryRun: false, ...without })).toEqual(foreseen);
    expect([...(await world.claimsOf(tenantId)).values()].flat()).toContainEqual({
      type: 'claim.withdrawn',
      data: expect.objectContaining({
        reason: 'What Amazon owed has been found, paid or put right: nothing is left to claim',
      }),
    });
    expect(await reprocess(tenantId, { dryRun: true, ...without })).toEqual([]);
    expect(told(await reprocess(tenantId, { dryRun: true }))).toEqual([
      ['new', 'damaged_warehouse', null, 2],
    ]);
  });

  it('then a claim that opens earlier is new, and of losses before the day that was named nothing changes', async () => {
    const tenantId = await sellerWithClaims(world);
    const sooner = { maturityDays: 5, damages };
    const since = { since: '2026-09-10', ...sooner };
    expect(told(await reprocess(tenantId, { dryRun: true, ...since }))).toEqual([
      ['new', 'lost_warehouse', null, 1],
    ]);
    const real = await reprocess(tenantId, { dryRun: false, ...since });
    expect(told(real)).toEqual([['new', 'lost_warehouse', null, 1]]);
    expect(changeTable(tenantId, { claims: real, risks: [] })).toContain(
      '1 new, 0 changed, 0 withdrawn, 0 expired',
    );
    expect(changeTable(tenantId, { claims: [], risks: [] })).toBe('');
    expect(told(await reprocess(tenantId, { dryRun: true, ...sooner }))).toEqual([
      ['changed', 'damaged_warehouse', 2, 2],
    ]);
  });
});

describe('given units on their way between two centres, and then arrived', () => {
  it('then the dry run tells of the risk and writes nothing, in earnest it is noted once, and it is cleared', async () => {
    const { tenantId, ledger, job } = world.seller();
    const leg = { reason: '', reference: newName('move'), eventType: 'WhseTransfers' } as const;
    const out = ledgerRow({ ...leg, day: LOSS, quantity: -3, centre: 'PHX7' }).data;
    await ledger(out);
    await world.detection(await job('2026-09-10'));
    const [noted] = (await reprocessAll(tenantId, { dryRun: true })).risks;
    expect(noted).toMatchObject({ change: 'noted', kind: 'transfer_in_transit', since: LOSS });
    expect((await reprocessAll(tenantId, { dryRun: true })).risks).toEqual([noted]);
    expect((await reprocessAll(tenantId, { dryRun: false })).risks).toEqual([noted]);
    expect(await reprocessAll(tenantId, { dryRun: false })).toEqual({ claims: [], risks: [] });

    await ledger(ledgerRow({ ...leg, day: '2026-09-18', quantity: 3, centre: 'ONT8' }).data);
    const { risks } = await world.detection(await job('2026-09-21'));
    expect(risks).toEqual({ open: 0, new: 0, changed: 0, cleared: 1 });
    expect(await reprocessAll(tenantId, { dryRun: true })).toEqual({ claims: [], risks: [] });
  });
});

describe('given another detection of the seller', () => {
  it('then a reprocessing in earnest waits for its end, and its own is the next', async () => {
    const tenantId = await sellerWithClaims(world);
    const [basis] = await sellersToReprocess(world.pool, { only: tenantId, after: '' });
    if (!basis) throw new Error('no sync');
    const earlier = await world.leased({
      ...basis,
      ...{ detectionId: `${tenantId}-earlier`, syncId: null, trigger: 'manual' },
      asOf: world.deps.clock.now(),
    });
    let ended = false;
    const reprocessing = reprocess(tenantId, { dryRun: false }).then(() => (ended = true));
    await expect
      .poll(async () => {
        const { rows } = await world.pool.query(
          `select from detection.job where tenant_id = $1 and trigger = 'reprocess'`,
          [tenantId],
        );
        return rows.length;
      })
      .toBe(1);
    expect(ended).toBe(false);
    await world.jobs().finish(earlier, 'done');
    await reprocessing;
  });
});

describe('given a sync that stores facts while the dry run reads', () => {
  it('then it judges what the last whole sync brought, writes nothing, and what came is judged by the detection after', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(lost());
    await world.detection(await job('2026-09-20'));
    const before = await world.claimsOf(tenantId);
    let storing = true;
    let stored = 0;
    const sync = (async () => {
      for (let day = 1; storing; day = (day % 28) + 1, stored += 1) {
        const other = `2026-08-${String(day).padStart(2, '0')}`;
        await ledger(lost({ day: other, quantity: -1 - stored, open: 1 + stored }));
      }
    })();
    for (let nth = 0; nth < 10 || stored < 20; nth += 1) {
      expect(await reprocess(tenantId, { dryRun: true })).toEqual([]);
    }
    storing = false;
    await sync;
    expect(await world.claimsOf(tenantId)).toEqual(before);
    const { claims } = await world.detection(await job('2026-09-20'));
    expect(claims.open).toBeGreaterThan(1);
  });
});
