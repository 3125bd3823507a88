import { everySome, type Sample, type ServiceMetrics } from './service-metrics.js';

/** How old a count may be, in milliseconds. */
const KEPT_MS = 5000;

/** The jobs of a kind that have not ended. */
export interface JobCount {
  readonly kind: string;
  /** Could be taken now. */
  readonly waiting: number;
  /** In the hands of a worker. */
  readonly running: number;
  /** Not to be taken before some instant, or before something else happens. */
  readonly delayed: number;
  /** How long the one has waited that waits longest, in seconds; 0 where none waits. */
  readonly oldestSeconds: number;
}

/** Shows how many jobs a service has, and how long they wait; `count` asks its tables, at most once in five seconds. */
export function addJobGauges(
  metrics: ServiceMetrics,
  count: () => Promise<readonly JobCount[]>,
): void {
  const counted = everySome(KEPT_MS, count);
  metrics.gauge(
    {
      name: 'recoup_jobs',
      help: 'Jobs that have not ended, by kind and state: waiting (could be taken now), running, delayed.',
      labels: ['kind', 'state'],
    },
    async () => (await counted()).flatMap(statesOf),
  );
  metrics.gauge(
    {
      name: 'recoup_jobs_oldest_seconds',
      help: 'How long the job has waited for a worker that waits longest, by kind.',
      labels: ['kind'],
    },
    async () =>
      (await counted()).map(({ kind, oldestSeconds: value }) => ({ labels: { kind }, value })),
  );
}

function statesOf(count: JobCount): readonly Sample<'kind' | 'state'>[] {
  const { kind } = count;
  return (['waiting', 'running', 'delayed'] as const).map((state) => ({
    labels: { kind, state },
    value: count[state],
  }));
}
