import { SpanKind } from '@opentelemetry/api';
import { STREAM, type Bus, type Publisher } from '@recoup/bus';
import { inSpansOf } from '../tracing/event-spans.js';
import { inSpan } from '../tracing/spans.js';
import { counter, histogram, stopwatch } from '../metrics/instruments.js';

const duration = histogram({
  name: 'recoup_relay_publish_duration_seconds',
  help: 'A batch of the relay from its first message to the last acknowledgement.',
});
const published = counter(
  {
    name: 'recoup_relay_published_events_total',
    help: 'Events that the bus acknowledged to this process: forward (new ones), refill (lost by the bus).',
    labels: ['kind'],
  },
  [{ kind: 'forward' }, { kind: 'refill' }],
);
const refused = counter(
  {
    name: 'recoup_relay_refused_batches_total',
    help: 'Batches of the relay of which the bus did not acknowledge all events.',
  },
  [{}],
);

const attributes = {
  'messaging.system': 'nats',
  'messaging.operation.type': 'send',
  'messaging.destination.name': STREAM,
};

/** A bus that counts and traces what the relay publishes on it. */
export function observedBus(bus: Bus): Bus {
  const { publisher } = bus;
  const observed: Publisher = {
    async publish(events, options) {
      const took = stopwatch();
      const acknowledged = await inSpansOf(
        `send ${STREAM}`,
        { events, kind: SpanKind.PRODUCER, attributes },
        () => publisher.publish(events, options),
      );
      duration.observe({}, took());
      published.inc({ kind: options.deduplicate ? 'forward' : 'refill' }, acknowledged);
      if (acknowledged < events.length) refused.inc({});
      return acknowledged;
    },
    [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose](),
  };
  return {
    ...bus,
    publisher: observed,
    request: (subject, body, options) =>
      inSpan(
        `request ${subject}`,
        { kind: SpanKind.CLIENT, attributes: requestAttributes(subject) },
        ({ traceparent }) => bus.request(subject, body, { ...options, traceparent }),
      ),
    respond(subject, handler) {
      const options = { kind: SpanKind.SERVER, attributes: requestAttributes(subject) };
      bus.respond(subject, (body, parent) =>
        inSpan(`respond ${subject}`, { ...options, parent }, () => handler(body, parent)),
      );
    },
  };
}

const requestAttributes = (subject: string) => ({
  'messaging.system': 'nats',
  'messaging.destination.name': subject,
});
