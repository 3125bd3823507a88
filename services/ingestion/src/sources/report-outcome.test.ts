import { expect, it } from 'vitest';
import { systemTimer, type Timer } from '../timer.js';
import { outcomeOf } from './report-outcome.js';
import type { SourceContext } from './source.js';

const CREATED = Date.parse('2026-03-10T08:00:00Z');

/** A report that is made `makingMs` after it was asked for, under a clock that goes on by sleeping only. */
async function follow(makingMs: number, { soonest = 0, justNow = true } = {}) {
  let now = CREATED;
  const looks: number[] = [];
  const took: number[] = [];
  const timer: Timer = {
    ...systemTimer,
    now: () => new Date(now),
    sleep: (ms) => Promise.resolve(void (now += ms)),
  };
  const client = {
    call: () => {
      looks.push(now - CREATED);
      const done = now >= CREATED + makingMs;
      const made = {
        processingStatus: 'DONE',
        reportDocumentId: 'document',
        createdTime: new Date(CREATED).toISOString(),
        processingEndTime: new Date(CREATED + makingMs).toISOString(),
      };
      return Promise.resolve(done ? made : { processingStatus: 'IN_QUEUE' });
    },
  };
  const context = {
    timer,
    client,
    timeScale: 1,
    caller: { signal: new AbortController().signal },
    soonestReport: () => soonest,
    reportTook: (seconds: number) => took.push(seconds),
  } as unknown as SourceContext;
  const outcome = await outcomeOf(context, { reportId: 'report', justNow });
  expect(outcome).toEqual({ state: 'done', documentId: 'document' });
  return { looks, took };
}

it('given a report that takes as long as the quickest of its sync, then the first look finds it', async () => {
  expect(await follow(12_000, { soonest: 12 })).toEqual({ looks: [12_000], took: [12] });
});

it('given the first report of a sync, then it lies ready for a fifth of its making at most, and Amazon says how long it took', async () => {
  const { looks, took } = await follow(20_000);
  expect(looks.at(-1)).toBeLessThanOrEqual(25_000);
  expect(took).toEqual([20]);
});

it('given a report that a predecessor asked for, then it is looked at soon', async () => {
  const { looks } = await follow(200, { soonest: 60, justNow: false });
  expect(looks).toEqual([300]);
});
