import { kindOf, type BatterRound } from './blow.js';
import type { RoundOutcome } from './run-round.js';

/** Gathers what blows were like, for the end of the run. */
export interface BatterReport {
  add(round: BatterRound, outcome: RoundOutcome): void;
  text(): string;
}

interface Row {
  readonly ready: number[];
  readonly settled: number[];
  faults: number;
}

export function openBatterReport(): BatterReport {
  const rows = new Map<string, Row>();
  return {
    add({ blow }, { faults, readySeconds, settledSeconds }) {
      const kind = kindOf(blow);
      const row = rows.get(kind) ?? { ready: [], settled: [], faults: 0 };
      rows.set(kind, row);
      row.ready.push(readySeconds);
      row.settled.push(settledSeconds);
      row.faults += faults.length;
    },
    text() {
      const lines = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(line);
      return [HEAD, ...lines].join('\n');
    },
  };
}

/** One round in a line, for who watches. */
export function lineOf(
  { blow }: BatterRound,
  { faults, readySeconds, settledSeconds, note }: RoundOutcome,
): string {
  const seconds = `ready ${readySeconds.toFixed(1)} s, settled ${settledSeconds.toFixed(1)} s`;
  return `${kindOf(blow)}: ${seconds}, ${faults.length} faults${note && `; ${note}`}`;
}

const HEAD = 'rounds   ready (s) p50 / max   settled (s) p50 / max   faults  blow';

function line([kind, { ready, settled, faults }]: readonly [string, Row]): string {
  const columns = [
    String(ready.length).padStart(6),
    spread(ready).padStart(21),
    spread(settled).padStart(23),
    String(faults).padStart(8),
  ];
  return `${columns.join(' ')}  ${kind}`;
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const [middle, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  return `${middle?.toFixed(1)} / ${most?.toFixed(1)}`;
}
