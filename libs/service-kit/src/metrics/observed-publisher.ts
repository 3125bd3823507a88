import type { Bus, Publisher } from '@recoup/bus';
import { counter, histogram, stopwatch } from './instruments.js';

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

/** A bus that counts what the relay publishes on it. */
export function observedBus(bus: Bus): Bus {
  const { publisher } = bus;
  const observed: Publisher = {
    async publish(events, options) {
      const took = stopwatch();
      const acknowledged = await publisher.publish(events, options);
      duration.observe({}, took());
      published.inc({ kind: options.deduplicate ? 'forward' : 'refill' }, acknowledged);
      if (acknowledged < events.length) refused.inc({});
      return acknowledged;
    },
    [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose](),
  };
  return { ...bus, publisher: observed };
}
