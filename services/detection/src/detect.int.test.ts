import type { Coverage } from '@recoup/contracts';
import { addDays } from '@recoup/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  detectionWorld,
  forever,
  found,
  lost,
  LOSS,
  whole,
  type DetectionWorld,
} from '../test/detection-world.js';
import { damage, payment } from '../test/story.js';
import { detect } from './detect.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

describe('given a completed sync', () => {
  it('then its claims stand in the log, and the detection says how many', async () => {
    const { ledger, payments, job, tenantId } = world.seller();
    await ledger(
      lost(),
      ...damage(LOSS, 2, { open: 2 }).map((row) => row.data),
      lost({ day: '2026-05-01' }),
    );
    await payments(
      ...['2026-03-01', '2026-04-01'].map(
        (day) => payment({ day, reason: 'Lost_Warehouse', units: 1 }).data,
      ),
    );
    const result = await world.detection(await job('2026-09-20'));
    expect(result).toMatchObject({
      claims: { open: 2, new: 2, changed: 0, withdrawn: 0, expired: 0 },
      pastWindow: { losses: 1, units: 4 },
      potential: [{ amount: '75.00', currency: 'USD' }],
      amountUnknown: 0,
      coverage: { ledger: { state: 'complete' }, reimbursements: { state: 'complete' } },
    });
    expect(await world.typesOf(tenantId)).toEqual([['claim.detected'], ['claim.detected']]);
  });

  it('then facts that were recorded after it are not seen', async () => {
    const { ledger, job } = world.seller();
    await ledger(lost());
    const before = await job('2026-09-26');
    await ledger(lost(), found(4));
    expect((await world.detection(before)).claims.new).toBe(1);
  });

  it('then another tenant sees nothing of it', async () => {
    const [one, other] = [world.seller(), world.seller()];
    await one.ledger(lost());
    await other.ledger(found(4));
    expect((await world.detection(await one.job('2026-09-26'))).claims.open).toBe(1);
    expect((await world.detection(await other.job('2026-09-26'))).claims.open).toBe(0);
    expect((await world.claimsOf(other.tenantId)).size).toBe(0);
  });

  it('then detecting it again changes nothing at all', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(lost());
    const mine = await world.leased(await job('2026-09-20'));
    await detect(world.deps, mine, forever);
    const first = await world.claimsOf(tenantId);
    expect(await detect(world.deps, mine, forever)).toMatchObject({ repeated: true });
    expect(await world.claimsOf(tenantId)).toEqual(first);
    await world.jobs().finish(mine, 'done');
  });
});

describe('given a later sync', () => {
  it('then found units change the claim, and paid ones end it', async () => {
    const { ledger, payments, job, tenantId } = world.seller();
    const row = lost();
    await ledger(row);
    await world.detection(await job('2026-09-20'));
    await ledger(found(3));
    expect((await world.detection(await job('2026-09-26'))).claims).toMatchObject({
      open: 1,
      new: 0,
      changed: 1,
    });
    await payments(payment({ day: '2026-09-27', reason: 'Lost_Warehouse', units: 1 }).data);
    const last = await world.detection(await job('2026-09-28'));
    expect(last.claims).toEqual({ open: 0, new: 0, changed: 0, withdrawn: 1, expired: 0 });
    expect(await world.typesOf(tenantId)).toEqual([
      ['claim.detected', 'claim.quantity_changed', 'claim.withdrawn'],
    ]);
  });

  it('then a claim that is back after a reversal is the same claim', async () => {
    const { ledger, payments, job, tenantId } = world.seller();
    await ledger(lost({ open: null }));
    await world.detection(await job('2026-10-05'));
    await payments(
      payment({ day: '2026-10-06', reason: 'Lost_Warehouse', units: 4, id: 'R1' }).data,
    );
    await world.detection(await job('2026-10-07'));
    await payments(
      payment({ day: '2026-10-09', reason: 'Reimbursement_Reversal', units: -4, original: 'R1' })
        .data,
    );
    expect((await world.detection(await job('2026-10-10'))).claims).toMatchObject({
      open: 1,
      new: 1,
    });
    expect(await world.typesOf(tenantId)).toEqual([
      ['claim.detected', 'claim.withdrawn', 'claim.detected'],
    ]);
  });

  it('then a claim whose window has closed expires once, and is not counted as a loss never seen', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(lost());
    await world.detection(await job('2026-09-20'));
    const late = await world.detection(await job(addDays(LOSS, 61)));
    expect(late).toMatchObject({
      claims: { open: 0, expired: 1, withdrawn: 0 },
      pastWindow: { losses: 0 },
    });
    const later = await world.detection(await job(addDays(LOSS, 62)));
    expect(later).toMatchObject({ claims: { expired: 0 }, pastWindow: { losses: 0 } });
    expect(await world.typesOf(tenantId)).toEqual([['claim.detected', 'claim.expired']]);
  });

  it('then a source that is not whole withdraws nothing, and the detection says so', async () => {
    const { ledger, job, tenantId } = world.seller();
    await ledger(lost());
    await world.detection(await job('2026-09-20'));
    await ledger(found(4));
    const missing: Coverage = {
      state: 'missing',
      from: null,
      to: null,
      reason: 'Amazon refused it',
    };
    const coverage = { ledger: whole, reimbursements: missing };
    const silent = await world.detection(await job('2026-09-26', { coverage }));
    expect(silent).toMatchObject({ claims: { open: 1, withdrawn: 0 }, amountUnknown: 1, coverage });
    const late = await world.detection(await job(addDays(LOSS, 61), { coverage }));
    expect(late.claims).toMatchObject({ open: 0, expired: 1 });
    expect(await world.typesOf(tenantId)).toEqual([['claim.detected', 'claim.expired']]);
  });
});
