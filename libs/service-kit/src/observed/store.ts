import type { NewEvent } from '@recoup/contracts';
import type { AppendOutcome, AppendRequest, EventStore } from '@recoup/event-store';
import { currentTraceparent, inSpan, isTracing, type OpenSpan } from '../tracing/spans.js';
import { counter, histogram, stopwatch } from '../metrics/instruments.js';

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

/** A log whose appends are counted, timed and traced: what is appended carries the trace on to whoever hears of it. */
export function observedStore(store: EventStore): EventStore {
  const append = timed(store);
  return {
    ...store,
    append: (request) => (isTracing() ? inSpanOf(request, append) : append(request)),
  };
}

type Append = EventStore['append'];

function timed(store: EventStore): Append {
  return async (request) => {
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
  };
}

/** Under what is done now; where that is no part of a trace, under what the events were caused by. */
function inSpanOf(request: AppendRequest, append: Append): Promise<AppendOutcome> {
  const { streamId, tenantId, events } = request;
  const category = streamId.split('-', 1)[0] ?? '';
  const parent = currentTraceparent() === null ? events[0]?.traceparent : null;
  const attributes = {
    'recoup.tenant.id': tenantId,
    'recoup.event.types': [...new Set(events.map(({ type }) => type))],
    'recoup.event.count': events.length,
  };
  return inSpan(`append ${category}`, { parent, attributes }, async (span) => {
    const answer = await append({ ...request, events: events.map(carrying(span)) });
    span.set({ 'recoup.append.outcome': wordFor(answer) });
    return answer;
  });
}

function carrying({ traceparent }: OpenSpan): (event: NewEvent) => NewEvent {
  return (event) => (traceparent === null ? event : { ...event, traceparent });
}

function wordFor(answer: AppendOutcome): string {
  if (!answer.ok) return answer.reason;
  return answer.repeated ? 'repeated' : 'written';
}
