import { claimIsOpen, type ClaimState } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  detectionWorld,
  whole,
  type DetectionWorld,
  type Seller,
} from '../test/detection-world.js';
import { preview, sale, STORED } from '../test/fee-story.js';
import type { OrderFacts } from './domain/facts.js';
import { readClaims } from './claim-stream.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const FIRST = '2026-06-01';
const LAST = 80;
const TODAY = '2026-09-20';
const SOURCES = ['transactions', 'feePreview', 'storageFees', 'ledger', 'reimbursements'] as const;
const coverage = Object.fromEntries(SOURCES.map((source) => [source, whole]));

/** A sale that was charged rightly, and others of which some were charged 5.61 too much for each unit. */
const sales: fc.Arbitrary<readonly OrderFacts[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: LAST }),
      units: fc.integer({ min: 1, max: 4 }),
      dear: fc.boolean(),
    }),
    { minLength: 4, maxLength: 16 },
  )
  .map((all) => [
    sale({ day: FIRST }, 'first'),
    ...all.map(({ at, units, dear }, n) => {
      const fee = dear ? { fee: (9.61 * units).toFixed(2) } : {};
      return sale({ day: addDays(FIRST, at), units, ...fee }, `order-${n}`);
    }),
  ]);

/** Stores what was charged on some days, both included, with all that is stated by then, and detects at the end. */
async function sync(
  seller: Seller,
  orders: readonly OrderFacts[],
  { from, to, today = to }: { readonly from: string; readonly to: string; readonly today?: string },
): Promise<void> {
  const told = orders
    .flatMap(({ transactions }) => transactions)
    .filter(({ data }) => from <= data.postedDay && data.postedDay <= to);
  await seller.record(
    'transaction',
    told.map(({ data }) => data),
  );
  await seller.record('feePreview', [preview().data]);
  await seller.record(
    'storageFee',
    STORED.map(({ data }) => data),
  );
  await world.detection(await seller.job(today, { coverage }));
}

async function openClaims({ tenantId }: Seller): Promise<readonly string[]> {
  const ids = [...(await world.claimsOf(tenantId)).keys()].map((id) => id.replace(/^claim-/, ''));
  const states = await readClaims(world.deps.store, tenantId, ids);
  return [...states.values()].filter(claimIsOpen).map(told).sort();
}

function told({ subtype, subject, assessment, ...claim }: ClaimState): string {
  const { quantity, value, allocation } = assessment;
  const { lossDay, opensOn, deadline } = claim;
  return JSON.stringify([
    subtype,
    subject.sku,
    lossDay,
    opensOn,
    deadline,
    quantity,
    value,
    allocation,
  ]);
}

describe('given charges that come in several syncs, with days told again', () => {
  it('then after the last of them the open claims are those of one detection over all', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 5, max: LAST }), { minLength: 1, maxLength: 2 });
    let claims = 0;
    await fc.assert(
      fc.asyncProperty(sales, cuts, fc.nat({ max: 10 }), async (orders, ends, overlap) => {
        const [split, once] = [world.seller(), world.seller()];
        let from = FIRST;
        for (const end of [...ends].sort((a, b) => a - b)) {
          const to = addDays(FIRST, end);
          await sync(split, orders, { from, to });
          from = addDays(to, -overlap);
        }
        const last = { to: addDays(FIRST, LAST), today: TODAY };
        await sync(split, orders, { from, ...last });
        await sync(once, [...orders].reverse(), { from: FIRST, ...last });
        const found = await openClaims(once);
        claims += found.length;
        expect(await openClaims(split)).toEqual(found);
      }),
      { numRuns: 10 },
    );
    expect(claims).toBeGreaterThan(0);
  }, 300_000);
});
