import { median } from './measure.js';
import type { Rate } from './workload.js';

export interface Load {
  readonly callers: number;
  readonly eventsPerCall: number;
  readonly seconds: number;
}

/** Callers that each wait for their answer before they ask again. Counts events, and the latency of calls. */
export async function callInParallel(
  { callers, eventsPerCall, seconds }: Load,
  call: (caller: number) => Promise<void>,
): Promise<Rate> {
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let now = performance.now(); now < end;) {
        await call(caller);
        const after = performance.now();
        latencies.push(after - now);
        now = after;
      }
    }),
  );
  const elapsed = (performance.now() - begin) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    figure: (latencies.length * eventsPerCall) / elapsed,
    p50: median(latencies),
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
  };
}
