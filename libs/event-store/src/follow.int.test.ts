import { shardOf } from '@recoup/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followShard } from './follow.js';
import { listenToLog, type LogNotifications } from './notifications.js';
import { openLog, request, upTo, written, type LogUnderTest } from './testing/log-under-test.js';

const SHARD = shardOf('tenant-a');

let log: LogUnderTest;
let notifications: LogNotifications;
let stop: AbortController;
beforeEach(async () => {
  log = await openLog();
  notifications = listenToLog({ connectionString: log.database.urlOf('recoup_ingestion_follow') });
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await notifications[Symbol.asyncDispose]();
  await log[Symbol.asyncDispose]();
});

/** Follows until so many positions were met. */
async function follow(count: number, { after = 0, limit = 500 } = {}): Promise<number[]> {
  const met: number[] = [];
  const options = { shard: SHARD, after, limit, signal: stop.signal };
  for await (const events of followShard(log.store, notifications, options)) {
    met.push(...events.map((event) => event.position));
    if (met.length >= count) break;
  }
  return met;
}

async function append(from: number, to: number): Promise<void> {
  for (let n = from; n <= to; n += 1)
    written(await log.store.append(request(`sync-${n}`, 'absent')));
}

async function listeners(): Promise<number> {
  const admin = await log.admin();
  const { rows } = await admin.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and query = 'listen recoup_log'",
  );
  return rows.length;
}

async function waitForListener(): Promise<void> {
  while ((await listeners()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a follower', () => {
  it('gets what was there, then what comes, as 1, 2, 3 …', async () => {
    await append(1, 5);
    const following = follow(12, { limit: 2 });
    await append(6, 12);
    expect(await following).toEqual(upTo(12));
  });

  it('begins after the position it has', async () => {
    await append(1, 5);
    expect(await follow(3, { after: 2 })).toEqual([3, 4, 5]);
  });

  it('misses nothing when its listening connection is cut, and listens again', async () => {
    await waitForListener();
    const following = follow(10);
    await append(1, 3);
    const admin = await log.admin();
    await admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen recoup_log'",
    );
    await append(4, 10);
    expect(await following).toEqual(upTo(10));
    await waitForListener();
    const more = follow(2, { after: 10 });
    await append(11, 12);
    expect(await more).toEqual([11, 12]);
  });

  it('polls where it cannot listen at all', async () => {
    const deaf = listenToLog({ connectionString: 'postgres://nobody@127.0.0.1:1/none' });
    try {
      const met: number[] = [];
      const options = { shard: SHARD, after: 0, signal: stop.signal };
      const following = (async () => {
        for await (const events of followShard(log.store, deaf, options)) {
          met.push(...events.map((event) => event.position));
          if (met.length >= 2) break;
        }
      })();
      await append(1, 2);
      await following;
      expect(met).toEqual([1, 2]);
    } finally {
      await deaf[Symbol.asyncDispose]();
    }
  });

  it('ends when its signal aborts', async () => {
    const following = follow(1);
    stop.abort();
    expect(await following).toEqual([]);
  });
});
