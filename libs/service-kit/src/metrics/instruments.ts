import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What this process has counted since it started, whichever of its parts did. */
export const processRegistry = new Registry();

/** What Prometheus is told of a metric. A label's values must be few and known: never an id of a seller, a claim or a sync. */
export interface Instrument<L extends string> {
  /** With its base unit, such as `recoup_append_duration_seconds`; counters end in `_total`. */
  readonly name: `recoup_${string}`;
  readonly help: string;
  readonly labels?: readonly L[];
}

export type Labels<L extends string> = Readonly<Record<L, string | number>>;

/** Counts what happened. */
export interface Count<L extends string> {
  inc(labels: Labels<L>, by?: number): void;
}

/** How long something took, or how large it was, in the metric's unit. */
export interface Distribution<L extends string> {
  observe(labels: Labels<L>, value: number): void;
}

/** From 2 ms, about a commit, to half a minute, about what anybody waits for. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * The metric of that name, made once: a module that is loaded twice, as source and as what was built of it, counts into the
 * same one. The name decides the kind.
 */
function once<M>(name: string, make: () => M): M {
  return (processRegistry.getSingleMetric(name) as M | undefined) ?? make();
}

/** Makes a counter of this process; `known` are series that exist from the start, at 0, so that a first failure is a rise. */
export function counter<L extends string = never>(
  { name, help, labels = [] }: Instrument<L>,
  known: readonly Labels<L>[] = [],
): Count<L> {
  return once(name, () => {
    const registers = [processRegistry];
    const made = new Counter<L>({ name, help, labelNames: [...labels], registers });
    for (const series of known) made.inc(series, 0);
    return made;
  });
}

/** Makes a histogram of this process, by default of durations in seconds. */
export function histogram<L extends string = never>(
  { name, help, labels = [] }: Instrument<L>,
  buckets: readonly number[] = SECONDS,
): Distribution<L> {
  const configuration = { name, help, labelNames: [...labels], buckets: [...buckets] };
  return once(name, () => new Histogram<L>({ ...configuration, registers: [processRegistry] }));
}

/** How many there are of something that comes and goes. */
export interface Level<L extends string> {
  inc(labels: Labels<L>): void;
  dec(labels: Labels<L>): void;
}

/** Makes a gauge of this process that goes up and down; `known` are series that exist from the start, at 0. */
export function level<L extends string = never>(
  { name, help, labels = [] }: Instrument<L>,
  known: readonly Labels<L>[] = [],
): Level<L> {
  return once(name, () => {
    const registers = [processRegistry];
    const made = new Gauge<L>({ name, help, labelNames: [...labels], registers });
    for (const series of known) made.set(series, 0);
    return made;
  });
}

/** Answers how many seconds have passed since it was made. */
export function stopwatch(): () => number {
  const begun = performance.now();
  return () => (performance.now() - begun) / 1000;
}
