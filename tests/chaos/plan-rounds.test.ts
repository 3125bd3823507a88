import { describe, expect, it } from 'vitest';
import { planRounds } from './plan-rounds.js';
import type { Round } from './round.js';

const VICTIMS = [
  'detection',
  'evidence',
  'gateway',
  'ingestion',
  'nats-server',
  'postgres',
  'sandbox',
];
const names = (rounds: readonly Round[]): string[] => rounds.map(({ name }) => name);

describe('given a seed', () => {
  it('when rounds are planned twice, then they are the same; with another seed, they are not', () => {
    expect(names(planRounds(1, 60))).toEqual(names(planRounds(1, 60)));
    expect(names(planRounds(2, 60))).not.toEqual(names(planRounds(1, 60)));
  });

  it('when fewer are wanted, then they are the first of the same rounds', () => {
    expect(names(planRounds(1, 5))).toEqual(names(planRounds(1, 60)).slice(0, 5));
  });

  it.each([1, 2, 3])('then every process dies in every phase (seed %i)', (seed) => {
    const rounds = planRounds(seed, 21);
    for (const phase of ['sync', 'detection', 'filing']) {
      const victims = rounds.flatMap(({ moment, blow }) =>
        moment.in === phase && blow.kind === 'kill' ? [blow.victim] : [],
      );
      expect(victims.sort()).toEqual(VICTIMS);
    }
  });

  it('then the deaths in the sync are spread over all of it', () => {
    const progress = planRounds(1, 7).flatMap(({ moment }) =>
      moment.in === 'sync' ? [Math.floor(moment.progress / 14)] : [],
    );
    expect(progress.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
