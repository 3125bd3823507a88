import { SpanKind } from '@opentelemetry/api';
import { STREAM, type ConsumerRecord } from '@recoup/bus';
import type { RecordedEvent } from '@recoup/contracts';
import type { Handle } from '../consumer-record.js';
import { linksOf } from '../tracing/event-spans.js';
import { inSpan, type SpanOptions } from '../tracing/spans.js';
import { counter, histogram, stopwatch } from '../metrics/instruments.js';

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

/** A consumer's record whose batches are counted, timed and traced. */
export function observedRecord(consumer: string, record: ConsumerRecord): ConsumerRecord {
  parked.inc({ consumer }, 0);
  return {
    checkpoint: () => record.checkpoint(),
    read: (after, limit) => record.read(after, limit),
    async apply(after, batch) {
      const took = stopwatch();
      const applied = await inBatchSpan(consumer, batch, () => record.apply(after, batch));
      batches.observe({ consumer }, took());
      if (applied) events.inc({ consumer }, batch.length);
      return applied;
    },
  };
}

const messaging = (consumer: string) => ({
  'messaging.system': 'nats',
  'messaging.operation.type': 'process',
  'messaging.destination.name': STREAM,
  'messaging.consumer.group.name': consumer,
});

/** A batch belongs to no trace, and is linked to those whose events are in it. */
function inBatchSpan<T>(
  consumer: string,
  batch: readonly RecordedEvent[],
  work: () => Promise<T>,
): Promise<T> {
  const links = linksOf(batch);
  if (links.length === 0) return work();
  const attributes = { ...messaging(consumer), 'messaging.batch.message_count': batch.length };
  return inSpan(`process ${STREAM}`, { kind: SpanKind.CONSUMER, links, attributes }, work);
}

/** The effect of an event, timed, in the trace of what caused the event. */
export function observedHandle(consumer: string, handle: Handle): Handle {
  return async (event, tx) => {
    const took = stopwatch();
    let outcome = 'error';
    try {
      await inSpan(`process ${event.type}`, spanOf(consumer, event), () => handle(event, tx));
      outcome = 'ok';
    } finally {
      handled.observe({ consumer, type: event.type, outcome }, took());
    }
  };
}

function spanOf(consumer: string, event: RecordedEvent): SpanOptions {
  const { traceparent: parent, tenantId, id } = event;
  const attributes = {
    ...messaging(consumer),
    'messaging.message.id': id,
    'recoup.tenant.id': tenantId,
  };
  return { parent, kind: SpanKind.CONSUMER, attributes };
}

/** Counts an event that was parked. */
export function countParked(consumer: string): void {
  parked.inc({ consumer });
}

/** Counts a try of a parked event; `error` is null where it went through. */
export function countRedriven(consumer: string, error: unknown): void {
  redriven.inc({ consumer, outcome: error === null ? 'ok' : 'error' });
}
