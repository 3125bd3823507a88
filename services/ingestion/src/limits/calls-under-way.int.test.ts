import { newId } from '@recoup/kernel';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations, type OperationName } from '../amazon/operations.js';
import { amazonsBucket } from '../testing/amazons-bucket.js';
import { noteLanding, takeToken, type CallUnderWay } from './rate-bucket.js';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

interface Happening {
  readonly at: number;
  readonly happen: () => Promise<void> | void;
}

interface Ways {
  /** How long the next call is on its way, in milliseconds; its answer takes as long. */
  readonly transitMs: () => number;
  /** Whether who makes the next call dies before its answer. */
  readonly dies: () => boolean;
}

const STARTED_AT = Date.UTC(2026, 0, 1);

/** Chances between 0 and 1, the same in every run (the generator of Park and Miller). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Lets as many calls go as the bucket allows, on a clock of its own. Answers what Amazon refused, and when the last went. */
async function drive(operation: OperationName, calls: number, { transitMs, dies }: Ways) {
  const sellerId = newId();
  const caller = {
    sellerId,
    region: 'na',
    sync: null,
    signal: new AbortController().signal,
  } as const;
  const amazon = amazonsBucket(operations[operation]);
  const coming: Happening[] = [];
  let refused = 0;
  let clock = STARTED_AT;
  const go = (call: CallUnderWay): void => {
    const arrivesAt = clock + transitMs();
    const answeredAt = arrivesAt + transitMs();
    coming.push({ at: arrivesAt, happen: () => void (refused += amazon.take(arrivesAt) ? 0 : 1) });
    if (dies()) return;
    const now = new Date(answeredAt);
    const landing = { answered: true, stated: null, now };
    coming.push({ at: answeredAt, happen: () => noteLanding(pool, call, landing) });
  };
  for (let gone = 0; gone < calls;) {
    const taken = await takeToken(pool, 1, { caller, operation, now: new Date(clock) });
    if (taken.call) {
      gone += 1;
      go(taken.call);
      continue;
    }
    const until = clock + Math.ceil(taken.waitMs);
    coming.sort((one, other) => one.at - other.at);
    const next = coming[0] && coming[0].at <= until ? coming.shift() : undefined;
    clock = next?.at ?? until;
    await next?.happen();
  }
  const lastAt = clock;
  for (const { happen } of coming.sort((one, other) => one.at - other.at)) await happen();
  return { refused, seconds: (lastAt - STARTED_AT) / 1000 };
}

describe('calls that are under way', () => {
  it.each(['getMyFeesEstimates', 'getInventorySummaries', 'createReport', 'getReport'] as const)(
    'given any time on the way and workers that die, then Amazon refuses none of %s',
    async (operation) => {
      const random = seededRandom(7);
      // Most are quick; some come so late that they arrive beside those that went long after them.
      const transitMs = (): number => Math.floor(random() ** 6 * 15_000);
      const { refused } = await drive(operation, 60, { transitMs, dies: () => random() < 0.06 });
      expect(refused).toBe(0);
    },
    60_000,
  );

  it('given quick answers, then hardly a token is lost to them', async () => {
    const { refused, seconds } = await drive('createReport', 60, {
      transitMs: () => 100,
      dies: () => false,
    });
    const { rate, burst } = operations.createReport;
    expect(refused).toBe(0);
    expect(seconds).toBeLessThan(((60 - burst) / rate) * 1.002);
  });
});
