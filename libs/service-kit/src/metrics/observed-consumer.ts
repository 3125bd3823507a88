import type { ConsumerRecord } from '@recoup/bus';
import type { Handle } from '../consumer-record.js';
import { counter, histogram, stopwatch } from './instruments.js';

const batches = histogram({
  name: 'recoup_consumer_batch_duration_seconds',
  help: 'A batch of events with its effects and the checkpoint, in one transaction.',
  labels: ['consumer'],
});
const events = counter({
  name: 'recoup_consumer_events_total',
  help: 'Events whose place a consumer has passed; most of them are of types that it does not handle.',
  labels: ['consumer'],
});
const handled = histogram({
  name: 'recoup_consumer_handle_duration_seconds',
  help: 'The effect of one event, by type and outcome: ok, error. After an error an event may be handled again.',
  labels: ['consumer', 'type', 'outcome'],
});
const parked = counter({
  name: 'recoup_consumer_parked_total',
  help: 'Events that a consumer has parked because their effect failed.',
  labels: ['consumer'],
});
const redriven = counter({
  name: 'recoup_consumer_redriven_total',
  help: 'Tries of parked events, by outcome: ok, error.',
  labels: ['consumer', 'outcome'],
});

/** A consumer's record whose batches are counted and timed. */
export function observedRecord(consumer: string, record: ConsumerRecord): ConsumerRecord {
  parked.inc({ consumer }, 0);
  return {
    checkpoint: () => record.checkpoint(),
    read: (after, limit) => record.read(after, limit),
    async apply(after, batch) {
      const took = stopwatch();
      const applied = await record.apply(after, batch);
      batches.observe({ consumer }, took());
      if (applied) events.inc({ consumer }, batch.length);
      return applied;
    },
  };
}

/** The effect of an event, timed. */
export function observedHandle(consumer: string, handle: Handle): Handle {
  return async (event, tx) => {
    const took = stopwatch();
    let outcome = 'error';
    try {
      await handle(event, tx);
      outcome = 'ok';
    } finally {
      handled.observe({ consumer, type: event.type, outcome }, took());
    }
  };
}

/** Counts an event that was parked. */
export function countParked(consumer: string): void {
  parked.inc({ consumer });
}

/** Counts a try of a parked event; `error` is null where it went through. */
export function countRedriven(consumer: string, error: unknown): void {
  redriven.inc({ consumer, outcome: error === null ? 'ok' : 'error' });
}
