import type { Round } from './round.js';
import type { RoundResult } from './run-round.js';

/** Gathers what rounds were like, for the end of the run. */
export interface ChaosReport {
  add(round: Round, result: RoundResult | null): void;
  text(): string;
}

export function openReport(): ChaosReport {
  const lines: string[] = [];
  return {
    add: ({ name }, result) =>
      lines.push(`${result ? line(result) : '  FAILED                   '}  ${name}`),
    text: () => ['', '  end (s)  back (s)   events  round', ...lines, ''].join('\n'),
  };
}

/** Seconds to the end of everything, seconds until what was hit was back, and at which event of how many it was hit. */
function line({ seconds, recoverySeconds, events }: RoundResult): string {
  const columns = [
    seconds.toFixed(1).padStart(9),
    (recoverySeconds?.toFixed(1) ?? '-').padStart(8),
    `${events.then}/${events.finally}`.padStart(7),
  ];
  return columns.join('  ');
}
