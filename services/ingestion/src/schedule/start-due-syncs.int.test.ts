import { streams } from '@recoup/contracts';
import {
  connectionState,
  DAILY,
  nextScheduledSync,
  requestSync,
  requireReauthorization,
} from '@recoup/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openScheduleStage, type ScheduleStage } from '../testing/schedule-stage.js';
import { followSchedule } from './due-sellers.js';
import { startDueSyncs } from './start-due-syncs.js';

const HOUR = 3600 * 1000;
const NOON = '2026-11-20T12:00:00.000Z';

let stage: ScheduleStage;
beforeAll(async () => {
  stage = await openScheduleStage(NOON);
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(async () => {
  stage.clock.set(NOON);
  await stage.pool.query('delete from ingestion.seller_account');
});

const look = () => stage.look();
const requests = (tenantId: string) => stage.requests(tenantId);
const endRunning = (tenantId: string) => stage.endRunning(tenantId);
const nextDue = (tenantId: string) => stage.nextDue(tenantId);

/** A connected seller, whose next sync the schedule has already found out. */
async function scheduledSeller(): Promise<{ tenantId: string; dueAt: Date }> {
  const tenantId = await stage.connect();
  await look();
  return { tenantId, dueAt: nextScheduledSync(DAILY, tenantId, stage.clock.now())! };
}

describe('the schedule', () => {
  it('given a seller who has just connected, then nothing starts before it is due', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    stage.clock.set(new Date(dueAt.getTime() - 1));
    await look();
    expect(await requests(tenantId)).toEqual([]);
    expect(await nextDue(tenantId)).toEqual(dueAt);
  });

  it('given two instances that look again and again, then a due sync starts once, and the next a day later', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    stage.clock.set(dueAt);
    for (let n = 0; n < 5; n += 1) await look();
    const [first, ...more] = await requests(tenantId);
    expect(first).toMatchObject({ data: { trigger: 'scheduled' }, actor: 'service:ingestion' });
    expect(more).toEqual([]);

    await endRunning(tenantId);
    await look();
    expect(await requests(tenantId)).toHaveLength(1);
    stage.clock.set(new Date(dueAt.getTime() + 24 * HOUR));
    await look();
    expect(await requests(tenantId)).toHaveLength(2);
  });

  it('given an instance that died between the sync and the note, then no second one starts, even after its end', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    stage.clock.set(dueAt);
    await look();
    await endRunning(tenantId);
    await stage.pool.query(
      'update ingestion.seller_account set next_sync_at = $2 where tenant_id = $1',
      [tenantId, dueAt],
    );
    await look();
    expect(await requests(tenantId)).toHaveLength(1);
  });

  it('given a sync that is running, then the schedule passes it by, and is not made up after its end', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    const running = requestSync(
      { tenantId, syncId: `sync_${tenantId}`, trigger: 'manual' },
      stage.cause(),
    );
    await stage.append(running);
    stage.clock.set(dueAt);
    await look();
    await endRunning(tenantId);
    await look();
    expect(await requests(tenantId)).toHaveLength(1);
  });

  it.each([
    ['that was missed for hours', 11 * HOUR, 1],
    ['that was missed for half a day and more', 13 * HOUR, 0],
    ['of which three were missed', 3 * 24 * HOUR + HOUR, 0],
  ])('given a sync %s, then it is made up once or not at all', async (_, late, started) => {
    const { tenantId, dueAt } = await scheduledSeller();
    stage.clock.set(new Date(dueAt.getTime() + late));
    for (let n = 0; n < 3; n += 1) await look();
    expect(await requests(tenantId)).toHaveLength(started);
    expect(await nextDue(tenantId)).toEqual(nextScheduledSync(DAILY, tenantId, stage.clock.now()));
  });

  it('given a consent that was lost, which only the log knows yet, then nothing starts', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    const events = await stage.store.readStream(tenantId, streams.connection(tenantId));
    const reason = 'The consent was revoked.';
    await stage.append(
      requireReauthorization(tenantId, connectionState(events), { reason, cause: stage.cause() }),
    );
    stage.clock.set(dueAt);
    await look();
    expect(await requests(tenantId)).toEqual([]);
  });

  it('given more sellers than one look takes, then each is started once', async () => {
    const many = [];
    for (let n = 0; n < 25; n += 1) many.push(await scheduledSeller());
    stage.clock.set('2026-11-21T02:30:00.000Z');
    expect(await startDueSyncs(stage.instances[0]!)).toBe(20);
    expect(await startDueSyncs(stage.instances[0]!)).toBe(5);
    for (const { tenantId } of many) expect(await requests(tenantId)).toHaveLength(1);
  });

  it('given another schedule than before, then what was due by the old one is forgotten', async () => {
    const { tenantId, dueAt } = await scheduledSeller();
    stage.clock.set(dueAt);
    await followSchedule(stage.pool, DAILY);
    expect(await nextDue(tenantId)).toEqual(dueAt);
    await followSchedule(stage.pool, '0 14 * * *');
    expect(await nextDue(tenantId)).toBeNull();
    await look();
    expect(await requests(tenantId)).toEqual([]);
  });
});
