import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openScheduleStage, type ScheduleStage } from '../testing/schedule-stage.js';
import { dueSellers, followSchedule, putOff } from './due-sellers.js';
import { startDueSyncs } from './start-due-syncs.js';

const NOON = '2026-11-20T12:00:00.000Z';
/** 16:00, 20:00, 00:00 … UTC. */
const EVERY_FOUR = { cron: '0 */4 * * *', timeZone: 'UTC' };
/** 05:15 UTC in winter. */
const BERLIN = { cron: '15 6 * * *', timeZone: 'Europe/Berlin' };
const at = (text: string): Date => new Date(text);

let stage: ScheduleStage;
beforeAll(async () => {
  stage = await openScheduleStage(NOON);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(async () => {
  stage.clock.set(NOON);
  await stage.pool.query('delete from ingestion.seller_account');
});

/** A seller whose choice was heard, and whose next sync is known. */
async function choosing(schedule: Parameters<ScheduleStage['choose']>[1]): Promise<string> {
  const tenantId = await stage.connect();
  await stage.look();
  await stage.hear(await stage.choose(tenantId, schedule));
  await stage.look();
  return tenantId;
}

async function lookAt(time: string): Promise<void> {
  stage.clock.set(time);
  await stage.look();
}

const started = async (tenantId: string): Promise<number> =>
  (await stage.requests(tenantId)).length;

describe('a schedule of the seller’s own', () => {
  it('given two instances that look again and again, then a sync starts once at the minute that was chosen', async () => {
    const tenantId = await choosing(BERLIN);
    await lookAt('2026-11-21T05:14:59.999Z');
    expect(await started(tenantId)).toBe(0);
    for (let n = 0; n < 5; n += 1) await lookAt('2026-11-21T05:15:00.000Z');
    expect(await stage.requests(tenantId)).toMatchObject([{ data: { trigger: 'scheduled' } }]);
    await stage.endRunning(tenantId);
    await lookAt('2026-11-21T05:16:00.000Z');
    expect(await started(tenantId)).toBe(1);
    expect(await stage.nextDue(tenantId)).toEqual(at('2026-11-22T05:15:00Z'));
  });

  it('given one every four hours, then each starts once, a day long', async () => {
    const tenantId = await choosing(EVERY_FOUR);
    for (let hour = 13; hour <= 36; hour += 1) {
      await lookAt(new Date(at('2026-11-20T00:00:00Z').getTime() + hour * 3600e3).toISOString());
      if (hour % 4 === 0) await stage.endRunning(tenantId);
    }
    expect(await started(tenantId)).toBe(6);
  });

  it('given a time that the clock repeats, then one sync', async () => {
    stage.clock.set('2026-10-24T12:00:00.000Z');
    const tenantId = await choosing({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
    await lookAt('2026-10-25T00:30:00.000Z');
    await stage.endRunning(tenantId);
    await lookAt('2026-10-25T01:30:00.000Z');
    expect(await started(tenantId)).toBe(1);
  });

  it('given a choice made before Amazon was connected, then it counts from the start', async () => {
    const tenantId = await stage.connect();
    await stage.choose(tenantId, BERLIN);
    await stage.look();
    expect(await stage.nextDue(tenantId)).toEqual(at('2026-11-21T05:15:00Z'));
  });

  it('given one that was turned off, then nothing starts, until it is taken back', async () => {
    const tenantId = await choosing('off');
    expect(await stage.nextDue(tenantId)).toBeUndefined();
    await lookAt('2026-11-21T03:00:00.000Z');
    expect(await started(tenantId)).toBe(0);
    await stage.hear(await stage.choose(tenantId, null));
    await stage.look();
    expect((await stage.nextDue(tenantId))?.toISOString()).toMatch(/^2026-11-22T02:[0-2]/);
  });

  it('given a change that nobody has heard of yet when the old one is due, then the old one starts nothing', async () => {
    const tenantId = await choosing(EVERY_FOUR);
    stage.clock.set('2026-11-20T16:00:00.000Z');
    const change = await stage.choose(tenantId, BERLIN);
    await stage.look();
    expect(await started(tenantId)).toBe(0);
    expect(await stage.nextDue(tenantId)).toEqual(at('2026-11-21T05:15:00Z'));
    await stage.hear(change);
    await stage.look();
    expect(await stage.nextDue(tenantId)).toEqual(at('2026-11-21T05:15:00Z'));
  });

  it('given a change while an instance is at it, then what that one found out before is no longer noted', async () => {
    const tenantId = await choosing(BERLIN);
    stage.clock.set('2026-11-21T05:15:00.000Z');
    const [read] = await dueSellers(stage.pool, stage.clock.now(), 1);
    await stage.hear(await stage.choose(tenantId, EVERY_FOUR));
    await putOff(stage.pool, read!, {
      ...{ at: at('2026-11-22T05:15:00Z'), schedule: '15 6 * * * Europe/Berlin', own: true },
    });
    expect(await stage.nextDue(tenantId)).toBeNull();
    await stage.look();
    expect(await stage.nextDue(tenantId)).toEqual(at('2026-11-21T08:00:00Z'));
    expect(await started(tenantId)).toBe(0);
  });

  it('given other settings that are changed, then what is due stays due', async () => {
    const tenantId = await choosing(BERLIN);
    const event = await stage.choose(tenantId, BERLIN);
    if (event.type !== 'claim.settings_changed') throw new Error(event.type);
    await stage.hear({ ...event, data: { ...event.data, changed: ['autoFile'] } });
    expect(await stage.nextDue(tenantId)).toEqual(at('2026-11-21T05:15:00Z'));
  });

  it('given a sync that was missed, then it is made up until the next one is nearer', async () => {
    const soon = await choosing(EVERY_FOUR);
    await lookAt('2026-11-20T17:59:00.000Z');
    expect(await started(soon)).toBe(1);
    stage.clock.set(NOON);
    const late = await choosing(EVERY_FOUR);
    await lookAt('2026-11-20T18:01:00.000Z');
    expect(await started(late)).toBe(0);
    expect(await stage.nextDue(late)).toEqual(at('2026-11-20T20:00:00Z'));
  });

  it('given a default that is off or has changed, then who has chosen keeps what was chosen', async () => {
    const [own, other] = [await choosing(BERLIN), await stage.connect()];
    await stage.look();
    await followSchedule(stage.pool, 'off');
    expect(await stage.nextDue(own)).toEqual(at('2026-11-21T05:15:00Z'));
    const off = stage.instances.map((instance) => ({ ...instance, schedule: 'off' }));
    stage.clock.set('2026-11-21T05:15:00.000Z');
    await Promise.all(off.map(startDueSyncs));
    expect([await started(own), await started(other)]).toEqual([1, 0]);
    expect(await stage.nextDue(other)).toBeUndefined();
  });
});
