import { median, type Result } from './measure.js';
import type { Workload } from './workload.js';

export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly postgres: string;
  readonly nats: string;
}

export interface Measured {
  readonly workload: Workload;
  readonly results: readonly Result[];
}

/** Processes that wanted a core, averaged over the last minute: above the number of cores others were at work. */
export interface Load {
  readonly before: number;
  readonly after: number;
}

export interface Report {
  readonly load: Load;
  readonly machine: Machine;
  readonly repetitions: number;
  readonly seconds: number;
  readonly measured: readonly Measured[];
  /** The names of all that there are. */
  readonly workloads: readonly string[];
}

/** One workload as Markdown, the same on screen and in the file. */
export function section({ workload, results }: Measured): string {
  const rows = results.map(({ contestant, rates, ratios, last }) =>
    [
      contestant.name,
      count(median(rates)),
      `${count(Math.min(...rates))}–${count(Math.max(...rates))}`,
      ratios
        ? `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`
        : '',
      last.p50 === undefined ? '' : `${last.p50.toFixed(2)} / ${last.p99?.toFixed(2) ?? ''}`,
      [contestant.setup, last.note].filter(Boolean).join('; '),
    ].join(' | '),
  );
  return [
    `### ${workload.name}`,
    '',
    `${workload.title}.${ownRepetitions(workload)}`,
    '',
    `| | ${workload.unit ?? 'events/s'}, median | min–max | recoup is × faster (min–max) | p50 / p99 ms, last run | setup |`,
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
    `Limit: ${workload.limit}.`,
    '',
  ].join('\n');
}

function ownRepetitions({ repetitions }: Workload): string {
  if (repetitions === undefined) return '';
  return ` ${repetitions === 1 ? 'Once' : `${repetitions} times`}, without a warm-up.`;
}

export function report({
  load,
  machine,
  repetitions,
  seconds,
  measured,
  workloads,
}: Report): string {
  return `# Results

Measured, not promised: written by a run of the bench on the machine below, by nothing else.

- ${machine.date}; ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB; clients share the cores with the servers.
- Load average ${load.before.toFixed(1)} before and ${load.after.toFixed(1)} after; the run itself accounts for about two.
- Node ${machine.node}, Postgres ${machine.postgres} (fsync and synchronous_commit on, shared_buffers 128 MB), nats-server ${machine.nats}.
- ${repetitions} repetitions, sides interleaved (A B A B …) after a warm-up; timed workloads run ${seconds} s each time. A ratio is taken
  within a repetition; its median and spread are given. Same payload, same server, each side in a database of its own.
- Absolute numbers change with the machine and with what else it does; the ratios are the finding.
- Again: \`npm run bench\`, or some workloads: \`node infra/bench/dist/main.js ${workloads.join(' ')}\`.

${measured.map(section).join('\n')}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
