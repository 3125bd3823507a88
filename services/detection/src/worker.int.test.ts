import { streams } from '@recoup/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectionWorld, forever, lost, type DetectionWorld } from '../test/detection-world.js';
import { readProducts } from './adapters/products.js';
import { detect } from './detect.js';
import { detectors } from './domain/detectors.js';
import { LeaseLost, type Lease } from './lease.js';
import { runWorker } from './worker.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('given a worker that dies', () => {
  const MANY = 450;
  const crowd = () =>
    Array.from({ length: MANY }, (_, n) => ({
      ...lost(),
      fnsku: `X${String(n).padStart(5, '0')}`,
    }));

  it('then the next one ends with the claims and the counts of an undisturbed detection', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(...crowd());
    const disturbed = await job('2026-09-20');
    const mine = await world.leased(disturbed);
    for (const stepsToLive of [1, 2]) {
      let steps = 0;
      const dying: Lease = {
        check() {
          steps += 1;
          if (steps > stepsToLive) throw new LeaseLost('killed');
        },
      };
      await expect(detect(world.deps, mine, dying)).rejects.toThrow(LeaseLost);
    }
    expect((await world.claimsOf(tenantId)).size).toBe(400);
    await detect(world.deps, mine, forever);
    await world.jobs().finish(mine, 'done');
    expect((await world.completed(disturbed)).claims).toMatchObject({
      open: MANY,
      new: MANY,
      changed: 0,
    });
    expect((await world.typesOf(tenantId)).every((events) => events.length === 1)).toBe(true);
  });

  it('then endings that it did not live to count are counted once', async () => {
    const { ledger, job, tenantId } = world.seller();
    const rows = crowd();
    await ledger(...rows);
    await world.detection(await job('2026-09-20'));
    await ledger(...rows.map((row) => ({ ...row, unreconciledQuantity: 0 })));
    const next = await job('2026-09-21');
    const mine = await world.leased(next);
    let steps = 0;
    const dying: Lease = {
      check() {
        steps += 1;
        if (steps > 3) throw new LeaseLost('killed');
      },
    };
    await expect(detect(world.deps, mine, dying)).rejects.toThrow(LeaseLost);
    await detect(world.deps, mine, forever);
    await world.jobs().finish(mine, 'done');
    expect((await world.completed(next)).claims).toEqual({
      open: 0,
      new: 0,
      changed: 0,
      withdrawn: MANY,
      expired: 0,
    });
    expect((await world.typesOf(tenantId)).every((events) => events.length === 2)).toBe(true);
  });

  it('then its job is taken over when the lease has run out, and it can write no more', async () => {
    const { ledger, job } = world.seller();
    await ledger(lost());
    const dead = await world.leased(await job('2026-09-20'), -1);
    const heir = await world.jobs().lease('heir');
    expect(heir).toMatchObject({
      detectionId: dead.detectionId,
      fence: dead.fence + 1,
      attempts: 2,
    });
    expect(await world.jobs().renew(dead)).toBe(false);
    const note = world.deps.knownClaims.note(dead, [
      { claimId: 'claim_x', subtype: 'lost_warehouse', fnsku: 'X', state: 'open', seen: true },
    ]);
    await expect(note).rejects.toThrow(LeaseLost);
    await world.jobs().finish(dead, 'failed');
    expect(heir && (await world.jobs().renew(heir))).toBe(true);
    if (heir) await world.jobs().finish(heir, 'done');
  });
});

describe('given workers', () => {
  it("then a tenant's detections run one after the other, and each job once", async () => {
    const [one, other] = [world.seller(), world.seller()];
    const first = await one.job('2026-09-20');
    const second = await one.job('2026-09-21');
    const foreign = await other.job('2026-09-20');
    for (const job of [first, first, second, foreign]) await world.queue(job);
    const taken = await Promise.all([1, 2, 3, 4].map((n) => world.jobs().lease(`w${n}`)));
    const ids = taken.flatMap((job) => (job ? [job.detectionId] : []));
    expect(ids.sort()).toEqual([first.detectionId, foreign.detectionId].sort());
    for (const job of taken) if (job) await world.jobs().finish(job, 'done');
    const next = await world.jobs().lease('w5');
    expect(next?.detectionId).toBe(second.detectionId);
    if (next) await world.jobs().finish(next, 'done');
  });

  it('then a detection that fails every time is given up in words for the seller, and says nothing of claims', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(lost());
    const broken = {
      ...world.deps,
      detectors: [
        {
          ...(detectors[0] as (typeof detectors)[number]),
          detect: () => {
            throw new Error('a bug');
          },
        },
      ],
    };
    const doomed = await job('2026-09-20');
    await world.queue(doomed);
    const stop = new AbortController();
    const worker = runWorker(
      { jobs: world.jobs(), detection: broken, leaseMs: 60_000 },
      { owner: 'w', signal: stop.signal },
    );
    const streamId = streams.detection(doomed.detectionId);
    const ended = async (): Promise<boolean> => {
      await world.pool.query(
        'update detection.job set next_try_at = now() where detection_id = $1',
        [doomed.detectionId],
      );
      return (await world.deps.store.readStream(tenantId, streamId)).length === 2;
    };
    while (!(await ended())) await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    await worker;
    const events = await world.deps.store.readStream(tenantId, streamId);
    expect(events[1]).toMatchObject({
      type: 'claim.detection_failed',
      data: { syncId: doomed.syncId },
    });
    const { rows } = await world.pool.query(
      'select state, attempts, last_error from detection.job where detection_id = $1',
      [doomed.detectionId],
    );
    expect(rows).toEqual([{ state: 'failed', attempts: 8, last_error: 'a bug' }]);
    expect((await world.claimsOf(tenantId)).size).toBe(0);
  });

  it('then a stopped worker puts its job back at once and unharmed', async () => {
    const { ledger, job } = world.seller();
    await ledger(...Array.from({ length: 5 }, () => lost()));
    const interrupted = await job('2026-09-20');
    await world.queue(interrupted);
    const stop = new AbortController();
    const stopping = {
      ...world.deps,
      products: (query: { tenantId: string; asOf: number }) => {
        stop.abort();
        return readProducts(world.pool, query);
      },
    };
    await runWorker(
      { jobs: world.jobs(), detection: stopping, leaseMs: 60_000 },
      { owner: 'w', signal: stop.signal },
    );
    const again = await world.jobs().lease('next');
    expect(again).toMatchObject({ detectionId: interrupted.detectionId, attempts: 1 });
    if (again) await world.jobs().finish(again, 'done');
  });
});
