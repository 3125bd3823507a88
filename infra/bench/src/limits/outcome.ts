import type { RecordedEvent } from '@recoup/contracts';
import { optimumSeconds } from './optimum.js';

export interface Outcome {
  readonly orders: number;
  /** How many times Amazon's rates. */
  readonly scale: number;
  /** What the plan chose, by resource. */
  readonly routes: Readonly<Record<string, string>>;
  readonly calls: ReadonlyMap<string, number>;
  /** Calls that Amazon refused for their rate, by operation: only those of which it refused some. */
  readonly throttled: ReadonlyMap<string, number>;
  /** From the plan to the completion, in seconds of the time that the sync lived in. */
  readonly seconds: number;
  readonly optimum: number;
  /** What was forecast to remain at a quarter of the progress, over what did remain. */
  readonly forecast: number;
  readonly counted: Readonly<Record<string, number>>;
}

/** What the simulated Amazon takes for a report: 20 s at Amazon's rates, and never less than a second until far above. */
function reportSeconds(scale: number): number {
  return Math.max(20 / scale, Math.min(1, 60 / scale));
}

export interface CallCount {
  readonly operation: string;
  readonly calls: number;
  readonly throttled: number;
}

export async function callsOf(origin: string): Promise<readonly CallCount[]> {
  const answer = await fetch(`${origin}/sandbox/calls`);
  return ((await answer.json()) as { calls: CallCount[] }).calls;
}

/** What a sync that has completed shows. Throws when it failed. */
export function outcomeOf(
  { orders, scale }: Pick<Outcome, 'orders' | 'scale'>,
  events: readonly RecordedEvent[],
  counts: readonly CallCount[],
): Outcome {
  const planned = events.find((event) => event.type === 'sync.planned');
  const end = events.at(-1);
  if (planned?.type !== 'sync.planned' || end?.type !== 'sync.completed') {
    throw new Error(`the sync ended with ${JSON.stringify(end?.data)}`);
  }
  const calls = new Map(counts.map(({ operation, calls }) => [operation, calls]));
  const at = (instant: string): number => Date.parse(instant) / 1000;
  const quarter = events.find(
    (event) => event.type === 'sync.progressed' && event.data.progress >= 25,
  );
  if (quarter?.type !== 'sync.progressed') throw new Error('no progress was told');
  const left = at(quarter.data.estimatedCompletion) - at(quarter.occurredAt);
  return {
    orders,
    scale,
    calls,
    routes: Object.fromEntries(
      Object.entries(planned.data.resources).map(([resource, { route }]) => [resource, route]),
    ),
    throttled: new Map(
      counts.flatMap(({ operation, throttled }) => (throttled > 0 ? [[operation, throttled]] : [])),
    ),
    seconds: at(end.occurredAt) - at(planned.occurredAt),
    optimum: optimumSeconds(calls, reportSeconds(scale) * scale) / scale,
    forecast: left / (at(end.occurredAt) - at(quarter.occurredAt)),
    counted: Object.fromEntries(
      Object.entries(end.data.counts).map(([resource, { processed }]) => [resource, processed]),
    ),
  };
}
