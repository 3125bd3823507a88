import { setTimeout } from 'node:timers/promises';
import type { RecordedEvent } from '@recoup/contracts';
import { newId, systemClock } from '@recoup/kernel';
import { inTransaction, openPool, type Service } from '@recoup/service-kit';
import { createDatabase, eventually } from '@recoup/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  askWork,
  forgetWork,
  keepWork,
  leaseWork,
  renewWork,
  wakeKept,
  wakeWork,
  type WorkRef,
} from './adapters/due-work.js';
import { workOnDue, type WorkPlan } from './work-on-due.js';

const closers: (() => PromiseLike<unknown>)[] = [];
const log = pino({ level: 'silent' });
let pool: Service['pool'];

beforeAll(async () => {
  const database = await createDatabase();
  closers.push(() => database.drop());
  pool = openPool({ url: database.urlOf('recoup_evidence_follow'), name: 'testing', log });
  closers.push(() => pool.end());
});
beforeEach(() => pool.query('delete from evidence.due_work'));
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const plan: WorkPlan = {
  kind: 'validation',
  together: 6,
  longestSeconds: 600,
  longestDelayMs: 600_000,
};
const first: WorkRef = { kind: 'validation', id: 'claim_1' };
const second: WorkRef = { kind: 'validation', id: 'claim_2' };

function eventOf(tenantId: string): RecordedEvent {
  const event = { id: newId(), tenantId, correlationId: newId(), traceparent: null };
  return event as unknown as RecordedEvent;
}

function ask(ref: WorkRef, tenantId = 'tenant-1'): Promise<void> {
  return inTransaction(pool, (tx) => askWork(tx, ref, eventOf(tenantId)));
}

/** Does what is due by `work`, and answers the ids that were taken. */
async function taken(
  work: Parameters<typeof workOnDue>[2] = () => Promise.resolve('done'),
): Promise<readonly string[]> {
  const ids: string[] = [];
  await workOnDue({ pool, log, clock: systemClock }, plan, (due, cause) => {
    ids.push(due.id);
    return work(due, cause);
  });
  return ids.sort();
}

describe('given work that was asked for', () => {
  it('when it is asked for again before anybody took it, then it is done once', async () => {
    await ask(first);
    await ask(first);
    expect(await taken()).toEqual(['claim_1']);
    expect(await taken()).toEqual([]);
  });

  it('when it is asked for again while it is done, then it is done once more', async () => {
    await ask(first);
    await taken(async () => {
      await ask(first);
      return 'done';
    });
    expect(await taken()).toEqual(['claim_1']);
    expect(await taken()).toEqual([]);
  });

  it('when it is at work, then nobody else takes it until its time has run out', async () => {
    await ask(first);
    const lease = { kind: plan.kind, limit: 6, seconds: 600 };
    expect(await leaseWork(pool, lease)).toHaveLength(1);
    expect(await taken()).toEqual([]);
    await pool.query('update evidence.due_work set leased_until = now()');
    expect(await taken()).toEqual(['claim_1']);
  });

  it('when it takes longer than a lease, then it stays that of its worker, and what ended meanwhile does not', async () => {
    await ask(first);
    await ask(second);
    const [one, other] = await leaseWork(pool, { kind: plan.kind, limit: 2, seconds: 600 });
    if (!one || !other) throw new Error('two were asked for');
    await keepWork(pool, other, { delayMs: 0, error: 'not now' });
    await pool.query(`update evidence.due_work set leased_until = now() + interval '1 second'
                      where leased_until > now()`);
    await renewWork(pool, [one, other], 600);
    await setTimeout(1500);
    expect(await taken()).toEqual([other.id]);
  });

  it('when it is at work, then its lease is renewed, and no more once it is done', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await ask(first);
    await taken(async () => {
      await pool.query(`update evidence.due_work set leased_until = now() + interval '5 seconds'`);
      vi.advanceTimersByTime(5000);
      const renewed = `select 1 from evidence.due_work where leased_until > now() + interval '8 seconds'`;
      await eventually(async () => (await pool.query(renewed)).rowCount === 1);
      return 'done';
    });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('when its time has run out, then renewing does not take it back', async () => {
    await ask(first);
    const held = await leaseWork(pool, { kind: plan.kind, limit: 1, seconds: 600 });
    await pool.query('update evidence.due_work set leased_until = now()');
    await renewWork(pool, held, 600);
    expect(await taken()).toEqual(['claim_1']);
  });

  it('when one fails, then it waits, and nothing waits with it', async () => {
    await ask(first);
    await ask(second);
    const fails = await taken(({ id }) =>
      id === 'claim_1' ? Promise.reject(new Error('not now')) : Promise.resolve('done'),
    );
    expect(fails).toEqual(['claim_1', 'claim_2']);
    const { rows } = await pool.query('select id, last_error from evidence.due_work');
    expect(rows).toEqual([{ id: 'claim_1', last_error: 'not now' }]);
    await eventually(async () => (await taken()).length === 1);
  });

  it('when it fails and was asked for meanwhile, then it does not wait', async () => {
    await ask(first);
    await pool.query('update evidence.due_work set attempts = 20');
    await taken(async () => {
      await ask(first);
      throw new Error('not now');
    });
    expect(await taken()).toEqual(['claim_1']);
  });
});

describe('given work that waits', () => {
  it('for what its seller chooses, then only that seller wakes it', async () => {
    await ask(first);
    await taken(() => Promise.resolve({ waitsFor: 'settings' }));
    await inTransaction(pool, (tx) => wakeWork(tx, 'settings', eventOf('tenant-2')));
    expect(await taken()).toEqual([]);
    await inTransaction(pool, (tx) => wakeWork(tx, 'settings', eventOf('tenant-1')));
    expect(await taken()).toEqual(['claim_1']);
  });

  it('for an instant, then it is due when the clock of the service reaches it, whatever the database has', async () => {
    const until = new Date(Date.now() + 86_400_000);
    await ask(first);
    await taken(() => Promise.resolve({ until }));
    expect(await wakeKept(pool, new Date(until.getTime() - 1))).toBe(false);
    expect(await taken()).toEqual([]);
    expect(await wakeKept(pool, until)).toBe(true);
    expect(await taken()).toEqual(['claim_1']);
  });

  it('for a day, then an event that asks brings it forward', async () => {
    await ask(first);
    await taken(() => Promise.resolve({ until: new Date(Date.now() + 86_400_000) }));
    expect(await taken()).toEqual([]);
    await ask(first);
    expect(await taken()).toEqual(['claim_1']);
  });
});

it('given a seller who is forgotten, then only the work of forgetting and that of others stays', async () => {
  await ask(first);
  await ask({ kind: 'forgetting', id: 'tenant-1/7' });
  await ask(second, 'tenant-2');
  await inTransaction(pool, (tx) => forgetWork(tx, 'tenant-1'));
  const { rows } = await pool.query('select id from evidence.due_work order by id');
  expect(rows).toEqual([{ id: 'claim_2' }, { id: 'tenant-1/7' }]);
});
