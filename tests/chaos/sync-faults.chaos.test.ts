import { startTestServers } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from './chaos-settings.js';
import { brokenSources } from './sync/broken-sources.js';
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

function reportsAsked({ calls }: SyncResult): number {
  return calls.get('createReport')?.calls ?? 0;
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

  it('then it reads every resource that is broken below', () => {
    expect(Object.keys(calm.state.coverage)).toEqual(
      expect.arrayContaining(brokenSources.map(({ resource }) => resource)),
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
  it.each(brokenSources)(
    'when Amazon refuses $resource, then the sync says so, and the next one picks up there',
    async (broken) => {
      const { first, next, readTwice } = await runBrokenRound(broken);
      const sentence = first.state.coverage[broken.resource]?.reason ?? '';
      table.add(`${broken.resource} broken`, first, sentence);
      table.add(`${broken.resource} healed`, next);
      expect(first.state.status).toBe(broken.ends);
      expect(sentence).toBe(broken.sentence);
      expect(first.state.coverage[broken.resource]?.state).not.toBe('complete');
      if (broken.ends === 'failed') expect(first.state.message).toBe(broken.sentence);

      expect(next.state.status, next.state.message).toBe('complete');
      expect(statesOf(next)).toEqual(statesOf(calm));
      expect(next.facts).toEqual(calm.facts);
      expect(readTwice).toEqual([]);
      expect(ownThrottles(next)).toEqual([]);
    },
  );
});
