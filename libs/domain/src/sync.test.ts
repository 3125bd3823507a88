import type { EventData, RecordedEvent } from '@recoup/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCommand } from './cause.js';
import { isRejection, type Rejection } from './rejection.js';
import {
  adoptSync,
  advanceSync,
  cancelSync,
  endSync,
  requestSync,
  type Decision,
} from './sync-decisions.js';
import { evolveSync, hasEnded, syncState, type SyncState } from './sync-state.js';

const TENANT = 'alice';
const cause = fromCommand('user:alice', new Date('2026-10-01T02:00:00Z'));

/** What the log would hold after these decisions, each made on what the ones before it left. */
type Step = (state: SyncState) => Decision | Rejection;

function history(
  trigger: EventData<'sync.requested'>['trigger'],
  ...steps: Step[]
): RecordedEvent[] {
  const events = record([], requestSync({ tenantId: TENANT, syncId: 's1', trigger }, cause));
  for (const step of steps) record(events, step(syncState(events)!));
  return events;
}

function record(log: RecordedEvent[], decision: Decision | Rejection): RecordedEvent[] {
  if (isRejection(decision)) throw new Error(`rejected: ${decision.code}`);
  expect(decision.expected).toBe(log.length);
  for (const event of decision.events) {
    const place = { tenantId: decision.tenantId, shard: 0, position: log.length + 1 };
    const stream = { streamId: decision.streamId, streamVersion: log.length + 1, schemaVersion: 1 };
    log.push({ ...event, ...place, ...stream, traceparent: null });
  }
  return log;
}

const after = (...args: Parameters<typeof history>): SyncState => syncState(history(...args))!;

const progressed = (progress: number, orders: number): Step => {
  const data: EventData<'sync.progressed'> = {
    syncId: 's1',
    resource: 'orders',
    window: { from: '2026-09-01T00:00:00Z', to: '2026-09-08T00:00:00Z' },
    progress,
    message: `Processing orders... ${orders}`,
    counts: { orders: { processed: orders, total: 2500 } },
    estimatedCompletion: '2026-10-01T02:05:00Z',
  };
  return (state) =>
    advanceSync(TENANT, state, { type: 'sync.progressed', data, once: [`${orders}`], cause });
};
const completed: Step = (state) => {
  const counts = { orders: { processed: 2500, total: 2500 } };
  const data = { syncId: 's1', factsAsOf: 9, counts, coverage: {} };
  return endSync(TENANT, state, { type: 'sync.completed', data, cause });
};
const failed: Step = (state) => {
  const coverage = { orders: { state: 'partial', from: null, to: null } } as const;
  const data = { syncId: 's1', code: 'rate_limited', message: 'Failed to fetch orders', coverage };
  return endSync(TENANT, state, { type: 'sync.failed', data, cause });
};
const cancelled: Step = (state) => cancelSync(TENANT, state, { reason: 'asked', cause });
const adopted: Step = (state) => adoptSync(TENANT, state, { cause });

describe('requesting a sync', () => {
  it('begins its own stream and takes the tenant’s one place', () => {
    const decision = requestSync({ tenantId: TENANT, syncId: 's1', trigger: 'manual' }, cause);
    expect(decision).toMatchObject({
      streamId: 'sync-s1',
      expected: 0,
      take: ['active-sync:alice'],
    });
    expect(decision.release).toBeUndefined();
    expect(after('manual')).toMatchObject({ status: 'in_progress', progress: 0, version: 1 });
  });

  it('decided again gives the same event, so that the log recognises the repeat', () => {
    const request = { tenantId: TENANT, syncId: 's1', trigger: 'manual' } as const;
    const later = fromCommand('user:alice', new Date('2026-10-01T02:00:09Z'));
    const ids = [cause, later].map((why) => requestSync(request, why).events[0]?.id);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('a running sync', () => {
  it('given closed windows, then it shows the newest counts and message', () => {
    expect(after('manual', progressed(10, 250), progressed(20, 500))).toMatchObject({
      progress: 20,
      message: 'Processing orders... 500',
      counts: { orders: { processed: 500, total: 2500 } },
      estimatedCompletion: '2026-10-01T02:05:00Z',
    });
  });

  it('given steps whose progress falls, then what it shows never does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }), (steps) => {
        let state: SyncState | null = null;
        let shown = 0;
        const events = history('manual', ...steps.map((progress, n) => progressed(progress, n)));
        for (const event of events) {
          state = evolveSync(state, event);
          expect(state!.progress).toBeGreaterThanOrEqual(shown);
          shown = state!.progress;
        }
        expect(shown).toBe(Math.max(0, ...steps));
      }),
    );
  });

  it('given the same step decided twice, then it is one event; another step is another', () => {
    const id = (step: Step) => (step(after('manual')) as Decision).events[0]?.id;
    expect(id(progressed(10, 250))).toBe(id(progressed(10, 250)));
    expect(id(progressed(10, 250))).not.toBe(id(progressed(10, 251)));
  });
});

describe('a sync that ended', () => {
  const ends: [string, Step, Partial<SyncState>][] = [
    ['complete', completed, { progress: 100, error: null, message: 'Sync Complete' }],
    ['failed', failed, { progress: 40, error: 'Failed to fetch orders' }],
    ['cancelled', cancelled, { progress: 40, error: null, message: 'Sync cancelled' }],
  ];

  it.each(ends)('is %s, keeps its last progress and frees the tenant', (status, end, expected) => {
    const before = after('manual', progressed(40, 1000));
    expect(end(before)).toMatchObject({ release: ['active-sync:alice'] });
    const state = after('manual', progressed(40, 1000), end);
    expect(state).toMatchObject({ status, completedAt: '2026-10-01T02:00:00.000Z', ...expected });
    expect(hasEnded(state)).toBe(true);
  });

  it.each(ends)('%s is terminal: every further decision is rejected', (_, end) => {
    const state = after('connected', end);
    for (const step of [completed, failed, cancelled, progressed(50, 1), adopted]) {
      expect(isRejection(step(state))).toBe(true);
    }
  });
});

describe('adopting the sync that connecting began', () => {
  it('happens once', () => {
    const state = after('connected', adopted);
    expect(state).toMatchObject({ adopted: true, status: 'in_progress' });
    expect(adopted(state)).toMatchObject({ rejected: true, code: 'sync_in_progress' });
  });

  it.each(['manual', 'scheduled'] as const)('is refused for a %s one', (trigger) => {
    expect(adopted(after(trigger))).toMatchObject({ rejected: true, code: 'sync_in_progress' });
  });

  it('leaves the sync as it was in all else', () => {
    const before = after('connected', progressed(10, 250));
    const state = after('connected', progressed(10, 250), adopted);
    expect(state).toEqual({ ...before, adopted: true, version: before.version + 1 });
  });
});

describe('folding', () => {
  it('of no events is no sync', () => {
    expect(syncState([])).toBeNull();
  });

  it('without the request knows nothing', () => {
    expect(syncState(history('manual', progressed(10, 1)).slice(1))).toBeNull();
  });

  it('keeps the version of the stream for the next append', () => {
    expect(after('manual', progressed(10, 1), completed).version).toBe(3);
  });
});
