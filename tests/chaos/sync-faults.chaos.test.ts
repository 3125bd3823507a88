import { startTestServers } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from './chaos-settings.js';
import { brokenRounds, brokenSources, type BrokenRound } from './sync/broken-sources.js';
import { faultRounds } from './sync/fault-rounds.js';
import { mostReports } from './sync/most-reports.js';
import { ownThrottles } from './sync/own-throttles.js';
import { runBrokenRound } from './sync/run-broken-round.js';
import { runFaultRound, type SyncResult } from './sync/run-fault-round.js';
import { openTable } from './sync/sync-table.js';

let servers: AsyncDisposable;
let calm: SyncResult;
const table = openTable(() => calm);

beforeAll(async () => {
  servers = await startTestServers();
  calm = await runFaultRound({ name: 'calm', faults: [] }, settings.CHAOS_SEED);
  table.add('calm', calm);
});

afterAll(async () => {
  process.stdout.write(`\n${table.text()}\n\nseed ${settings.CHAOS_SEED}\n`);
  await servers?.[Symbol.asyncDispose]();
});

/** How much of each resource is stored, by resource. */
function statesOf({ state }: SyncResult): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state.coverage).map(([resource, coverage]) => [resource, coverage.state]),
  );
}

/** The same of what a round leaves alone. */
function statesBeside({ sources }: BrokenRound, result: SyncResult): Record<string, string> {
  const broken = new Set<string>(sources.map(({ resource }) => resource));
  return Object.fromEntries(
    Object.entries(statesOf(result)).filter(([resource]) => !broken.has(resource)),
  );
}

/** Asks that Amazon took in. One that it refuses for the rate makes no report, and may only be late on a busy machine. */
function reportsAsked({ calls }: SyncResult): number {
  const asks = calls.get('createReport');
  return asks ? asks.calls - asks.throttled : 0;
}

describe('given a sync that nothing disturbs', () => {
  it('then it is complete, with facts of every kind, and asks once for each report that holds something', () => {
    expect(calm.state.status).toBe('complete');
    expect(calm.facts.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['inventory', 'ledger', 'order', 'reimbursement', 'transaction']),
    );
    expect(calm.logFaults).toEqual([]);
    expect(ownThrottles(calm)).toEqual([]);
    const { windows, empty } = calm.reports;
    expect(reportsAsked(calm)).toBeGreaterThanOrEqual(windows);
    expect(reportsAsked(calm)).toBeLessThanOrEqual(windows + empty);
  });

  it('then every resource it reads is one that is broken below', () => {
    expect(Object.keys(calm.state.coverage).sort()).toEqual(
      brokenSources.map(({ resource }) => resource).sort(),
    );
  });
});

describe('given a sync that is disturbed', () => {
  it.each(faultRounds(settings.CHAOS_SEED))(
    'when there are $name, then it ends with the facts of the calm run',
    async (round) => {
      let result: SyncResult | null = null;
      try {
        result = await runFaultRound(round, settings.CHAOS_SEED);
        expect(result.state.status, result.state.message).toBe('complete');
        expect(result.facts).toEqual(calm.facts);
        expect(result.logFaults).toEqual([]);
        for (const { operation } of round.faults.filter((fault) => 'operation' in fault)) {
          expect(result.struck.map((one) => one.operation)).toContain(operation);
        }
        expect(ownThrottles(result)).toEqual([]);
        expect(reportsAsked(result)).toBeLessThanOrEqual(mostReports(reportsAsked(calm), result));
      } finally {
        table.add(round.name, result);
      }
    },
  );
});

describe('given a source that stays broken', () => {
  it.each(brokenRounds)(
    'when Amazon refuses $name, then the sync says so, and the next one picks up there',
    async (round) => {
      const { first, next, readTwice } = await runBrokenRound(round);
      table.add(`${round.name} broken`, first, first.state.message);
      table.add(`${round.name} healed`, next);
      expect(first.state.status, first.state.message).toBe(round.ends);
      const told = round.sources.map(({ resource }) => first.state.coverage[resource]);
      expect(told.map((coverage) => coverage?.reason)).toEqual(
        round.sources.map(({ sentence }) => sentence),
      );
      expect(told.map((coverage) => coverage?.state)).not.toContain('complete');
      if (round.ends === 'failed') expect(first.state.message).toBe(round.sources[0]?.sentence);
      else expect(statesBeside(round, first)).toEqual(statesBeside(round, calm));

      expect(next.state.status, next.state.message).toBe('complete');
      expect(statesOf(next)).toEqual(statesOf(calm));
      expect(next.facts).toEqual(calm.facts);
      expect(readTwice).toEqual([]);
      expect(ownThrottles(next)).toEqual([]);
    },
  );
});
