import type { Pool } from 'pg';
import { everySome, type ServiceMetrics } from './service-metrics.js';

/** How old an answer of the database may be, in milliseconds. */
const KEPT_MS = 5000;

interface Parked {
  readonly consumer: string;
  readonly retrying: string;
  readonly stopped: string;
  readonly behind: string;
}

/** Consumers with nothing parked are told with 0: an alert must see the rise. */
const PARKED = `
  select c.consumer,
    count(*) filter (where p.attempts > 0 and p.next_try is not null) as retrying,
    count(*) filter (where p.attempts > 0 and p.next_try is null) as stopped,
    count(*) filter (where p.attempts = 0) as behind
  from (select distinct consumer from consumer.checkpoint) c
  left join consumer.parked p using (consumer)
  group by c.consumer`;

/** Events that a consumer could not digest, and those that wait behind them. */
export function addParkedGauges(metrics: ServiceMetrics, pool: Pool): void {
  const parked = everySome(KEPT_MS, async () => (await pool.query<Parked>(PARKED)).rows);
  metrics.gauge(
    {
      name: 'recoup_parked_events',
      help: 'Parked events by consumer and state: retrying (tried again by itself), stopped (only an operator re-drives it), behind (waits for an earlier one of its stream).',
      labels: ['consumer', 'state'],
    },
    async () =>
      (await parked()).flatMap(({ consumer, ...states }) =>
        Object.entries(states).map(([state, count]) => ({
          labels: { consumer, state },
          value: Number(count),
        })),
      ),
  );
}
