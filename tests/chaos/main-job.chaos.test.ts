import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReport } from './chaos-report.js';
import { settings } from './chaos-settings.js';
import type { Outcome } from './outcome.js';
import { planRounds } from './plan-rounds.js';
import { undisturbed } from './reference.js';
import { runRound, type Reference } from './run-round.js';

const rounds = planRounds(settings.CHAOS_SEED, settings.CHAOS_ROUNDS);
const report = openReport();
let reference: Reference;

beforeAll(async () => {
  reference = await undisturbed();
});

afterAll(async () => {
  process.stdout.write(`${report.text()}\nseed ${settings.CHAOS_SEED}\n`);
  await reference?.product[Symbol.asyncDispose]();
});

/** A client must have got every frame after the snapshot that it began with, and the end. */
function expectAllFrames({ steady, restless, positions }: Outcome): void {
  for (const { frames } of [steady, restless]) {
    const [first, ...later] = frames.map(({ position }) => position);
    expect(later).toEqual(positions.filter((position) => position > (first ?? 0)));
    expect(frames.at(-1)).toMatchObject({ status: 'complete', progress: 100 });
  }
}

describe('given a sync that nothing disturbs', () => {
  it('then it ends complete, with claims found and filed, and nothing is wrong with the log', () => {
    const { outcome } = reference;
    const { remains, faults } = outcome;
    expect(faults).toEqual([]);
    expect(remains.syncs).toBe(1);
    expect(remains.claims.length).toBeGreaterThan(0);
    expect(remains.cases.length).toBeGreaterThan(0);
    expect(remains.claimsDetected).toBe(remains.claims.length);
    expectAllFrames(outcome);
  });
});

describe('given a sync in which one thing is killed or lost', () => {
  const check = (outcome: Outcome): void => {
    const { remains } = reference.outcome;
    expect(outcome.faults).toEqual([]);
    expect(outcome.remains.facts).toEqual(remains.facts);
    expect(outcome.remains.claims).toEqual(remains.claims);
    expect(outcome.remains).toEqual(remains);
    expectAllFrames(outcome);
  };
  for (const round of rounds) {
    it(`when ${round.name}, then it ends as if nothing had been`, async () => {
      const result = await runRound(round, { reference, check }).catch((error: unknown) => {
        report.add(round, null);
        throw error;
      });
      report.add(round, result);
    });
  }
});
