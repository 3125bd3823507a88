import type { CallCounts, SyncResult } from './run-fault-round.js';

/** Gathers what rounds were like, for the end of the run. */
export interface SyncTable {
  add(name: string, result: SyncResult | null, verdict?: string): void;
  text(): string;
}

/** Everything is compared with the calm run: its duration is 1, and calls beyond its calls are retries. */
export function openTable(calm: () => SyncResult): SyncTable {
  const rows: { name: string; result: SyncResult | null; verdict: string }[] = [];
  return {
    add: (name, result, verdict = '') => rows.push({ name, result, verdict }),
    text: () =>
      [
        'calls  retries  faults  kills  of calm  slowest ms  result    round',
        ...rows.map(({ name, result, verdict }) => {
          if (result === null)
            return `    -        -       -      -        -           -  FAILED    ${name}`;
          const columns = [
            String(total(result.calls)).padStart(5),
            String(Math.max(0, total(result.calls) - total(calm().calls))).padStart(7),
            String(strikes(result)).padStart(6),
            String(result.kills).padStart(5),
            (result.seconds / calm().seconds).toFixed(1).padStart(7),
            (result.slowestSeconds * 1000).toFixed(0).padStart(10),
            result.state.status.padEnd(8),
            name + (verdict === '' ? '' : `: ${verdict}`),
          ];
          return columns.join('  ');
        }),
      ].join('\n'),
  };
}

function total(calls: CallCounts): number {
  return [...calls.values()].reduce((sum, one) => sum + one.calls, 0);
}

function strikes({ struck }: SyncResult): number {
  return struck.reduce((sum, { times }) => sum + times, 0);
}
