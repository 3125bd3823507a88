import type { AppendOutcome, EventStore } from '@recoup/event-store';
import { counter, histogram, stopwatch } from './instruments.js';

const duration = histogram({
  name: 'recoup_append_duration_seconds',
  help: 'Appends to the log as their callers wait for them, by outcome: written, repeated, wrong_version, reserved, error.',
  labels: ['outcome'],
});
const appended = counter({
  name: 'recoup_appended_events_total',
  help: 'Events that this process appended to the log, by type; repeats are not counted.',
  labels: ['type'],
});

/** A log whose appends are counted and timed. */
export function observedStore(store: EventStore): EventStore {
  return {
    ...store,
    async append(request) {
      const took = stopwatch();
      let outcome = 'error';
      try {
        const answer = await store.append(request);
        outcome = wordFor(answer);
        if (outcome === 'written') for (const { type } of request.events) appended.inc({ type });
        return answer;
      } finally {
        duration.observe({ outcome }, took());
      }
    },
  };
}

function wordFor(answer: AppendOutcome): string {
  if (!answer.ok) return answer.reason;
  return answer.repeated ? 'repeated' : 'written';
}
