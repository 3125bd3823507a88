import { syncState } from '@recoup/domain';
import type { EventStore, LogNotifications } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { expect, it } from 'vitest';
import { recorder } from '../testing/event-data.js';
import { PretendStream } from '../testing/pretend-stream.js';
import { LiveTail } from './live-tail.js';
import { SyncProgress } from './sync-progress.js';

const SYNC_ID = 'sync_1';

it('given a change that was written before the tail began, then it is told once reads show it, and not before', async () => {
  const record = recorder();
  const requested = record('sync-sync_1', 'sync.requested', { syncId: SYNC_ID, trigger: 'manual' });
  const failed = record('sync-sync_1', 'sync.failed', {
    ...{ syncId: SYNC_ID, code: 'amazon_refused', message: 'Amazon refused.', coverage: {} },
  });
  const asked: number[] = [];
  let show = (): void => undefined;
  const tail = new LiveTail({
    store: { readShard: () => Promise.resolve([]) } as unknown as EventStore,
    notifications: {
      watch: () => ({ next: (signal: AbortSignal) => sleep(1, signal) }),
    } as unknown as LogNotifications,
    head: () => Promise.resolve(failed.position),
    shown: (_shard, position) => {
      asked.push(position);
      return new Promise((resolve) => (show = resolve));
    },
    onError: (error) => expect.fail(String(error)),
  });
  const state = syncState([requested]);
  if (!state) throw new Error('no sync');
  const progress = new SyncProgress(
    { tail, streams: { readStream: () => Promise.resolve([failed]) } as unknown as EventStore },
    {
      tenantId: 'tenant-1',
      history: { events: [requested], place: requested, sync: { ...state, claimsDetected: null } },
    },
  );
  const stream = new PretendStream();
  await progress.join(stream, { seen: null });
  await eventually(() => asked.length > 0);
  expect(asked).toEqual([failed.position]);
  expect(stream.places).toEqual([requested.position]);
  show();
  await eventually(() => stream.ending === 'complete');
  expect(stream.places).toEqual([requested.position, failed.position]);
});
