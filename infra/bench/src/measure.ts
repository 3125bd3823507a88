import type { Contestant, Rate, Workload } from './workload.js';

export interface Result {
  readonly contestant: Contestant;
  /** What each repetition counted, in their order. */
  readonly rates: readonly number[];
  /** How many times faster the product was, repetition by repetition; null for the product itself. */
  readonly ratios: readonly number[] | null;
  readonly last: Rate;
}

/** Interleaved (A B A B …), so that what the machine does meanwhile falls on all sides alike. */
export async function measure(
  { contestants, repetitions: own, unit }: Workload,
  { repetitions: usual, seconds }: { repetitions: number; seconds: number },
): Promise<readonly Result[]> {
  // Warm-up: plans, pools, compiled code.
  if (own === undefined) for (const contestant of contestants) await contestant.run(seconds / 2);
  const repetitions = own ?? usual;
  const rates: Rate[][] = contestants.map(() => []);
  for (let round = 0; round < repetitions; round += 1) {
    for (const [at, contestant] of contestants.entries()) {
      rates[at]?.push(await contestant.run(seconds));
    }
  }
  const first = rates[0] ?? [];
  return contestants.map((contestant, at) => {
    const all = rates[at] ?? [];
    return {
      contestant,
      rates: all.map((rate) => rate.figure),
      ratios:
        at === 0
          ? null
          : all.map((rate, round) => {
              const ratio = (first[round]?.figure ?? Number.NaN) / rate.figure;
              return unit === 'ms' ? 1 / ratio : ratio;
            }),
      last: all.at(-1) ?? { figure: Number.NaN },
    };
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
