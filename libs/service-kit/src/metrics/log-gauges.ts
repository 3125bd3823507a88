import type { Pool } from 'pg';
import { everySome, type Sample, type ServiceMetrics } from './service-metrics.js';

/** How old an answer of the database may be, in milliseconds. */
const KEPT_MS = 5000;

interface Lag {
  readonly consumer: string;
  readonly shard: number;
  readonly events: string;
  readonly seconds: string;
}

/** How far a reader of each shard is behind, and since when the oldest event it lacks stands in the log. */
const lagOf = (readers: string): string => `
  select r.consumer, r.shard, greatest(s.head - r.position, 0) as events,
    coalesce(extract(epoch from now() - e.recorded_at), 0) as seconds
  from (${readers}) r join log.shard s using (shard)
  left join log.event e on e.shard = r.shard and e.position = r.position + 1`;

const CONSUMERS = lagOf('select consumer, shard, position from consumer.checkpoint');
const RELAY = lagOf(`select 'relay' as consumer, shard, position from relay.checkpoint`);

/**
 * How far everybody is who reads the log. Read from what they have recorded, so that every service tells it of all of
 * them: a service that is down says nothing of itself, and the others say how far it is behind.
 */
export function addLogGauges(metrics: ServiceMetrics, pool: Pool): void {
  const ask = (text: string): (() => Promise<Lag[]>) =>
    everySome(KEPT_MS, async () => (await pool.query<Lag>(text)).rows);
  const consumers = ask(CONSUMERS);
  const relay = ask(RELAY);
  const labels = ['consumer', 'shard'] as const;
  metrics.gauge(
    {
      name: 'recoup_consumer_lag_events',
      help: 'Events of the log that a consumer has not done yet, by consumer and shard. Every service tells it of all consumers: take the max over instances.',
      labels,
    },
    async () => (await consumers()).map(samples('events')),
  );
  metrics.gauge(
    {
      name: 'recoup_consumer_lag_seconds',
      help: 'How long the oldest event that a consumer has not done stands in the log.',
      labels,
    },
    async () => (await consumers()).map(samples('seconds')),
  );
  metrics.gauge(
    {
      name: 'recoup_relay_lag_events',
      help: 'Events of the log that are not acknowledged by the bus yet, by shard.',
      labels: ['shard'],
    },
    async () => (await relay()).map(samples('events')).map(withoutConsumer),
  );
  metrics.gauge(
    {
      name: 'recoup_relay_lag_seconds',
      help: 'How long the oldest event that is not acknowledged by the bus stands in the log.',
      labels: ['shard'],
    },
    async () => (await relay()).map(samples('seconds')).map(withoutConsumer),
  );
}

const samples =
  (of: 'events' | 'seconds') =>
  (lag: Lag): Sample<'consumer' | 'shard'> => ({
    labels: { consumer: lag.consumer, shard: lag.shard },
    value: Number(lag[of]),
  });

function withoutConsumer({ labels, value }: Sample<'consumer' | 'shard'>): Sample<'shard'> {
  return { labels: { shard: labels.shard }, value };
}
