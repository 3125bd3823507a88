import { addDays } from '@recoup/kernel';
import { claimIsOpen, type ClaimState } from '@recoup/domain';
import type { FactData, FactKind } from '@recoup/facts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyOrder, ORDER_BEGINS, ORDER_TOLD } from '../test/any-order.js';
import {
  detectionWorld,
  whole,
  type DetectionWorld,
  type Seller,
} from '../test/detection-world.js';
import { damage, ledgerRow, payment } from '../test/story.js';
import { readClaims } from './claim-stream.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** What a report tells of a day. */
type Told = {
  [K in FactKind]: { readonly kind: K; readonly day: string; readonly data: FactData[K] };
}[FactKind];

const day = fc.integer({ min: 1, max: 44 }).map((n) => addDays(ORDER_BEGINS, n));
const units = fc.integer({ min: 1, max: 6 });
const movement = fc
  .record({ day, units, reason: fc.constantFrom('M', 'M', 'F', 'N', '4') })
  .map(({ units: n, ...row }) => [
    ledgerRow({ ...row, quantity: row.reason === 'M' || row.reason === '4' ? -n : n }),
  ]);
const damaged = fc.record({ day, units }).map(({ day: on, units: n }) => damage(on, n));
const paid = fc
  .record({ day, units, reason: fc.constantFrom('Lost_Warehouse', 'Damaged_Warehouse') })
  .map((one) => payment(one));

/** A product and an order of a seller, told as rows of days. */
const story: fc.Arbitrary<readonly Told[]> = fc
  .record({
    ledger: fc.array(fc.oneof(movement, damaged), { maxLength: 8 }).map((rows) => rows.flat()),
    payments: fc.array(paid, { maxLength: 4 }),
    order: anyOrder,
  })
  .map(({ ledger, payments, order }) => [
    ...ledger.map(({ data }) => ({ kind: 'ledger' as const, day: data.day, data })),
    ...[...payments, ...order.reimbursements].map(({ data }) => ({
      ...{ kind: 'reimbursement' as const, day: data.approvedAt.slice(0, 10), data },
    })),
    ...order.transactions.map(({ data }) => ({
      ...{ kind: 'transaction' as const, day: data.postedDay, data },
    })),
    ...order.returns.map(({ data }) => ({
      ...{ kind: 'customerReturn' as const, day: data.returnedAt.slice(0, 10), data },
    })),
    ...order.replacements.map(({ data }) => ({
      ...{ kind: 'replacement' as const, day: data.shippedAt.slice(0, 10), data },
    })),
  ]);

const SOURCES = ['ledger', 'reimbursements', 'orders', 'transactions', 'returns', 'replacements'];
const coverage = Object.fromEntries(SOURCES.map((source) => [source, whole]));

/** Stores the rows of some days, both included, and detects at the end of the last of them. */
async function sync(seller: Seller, rows: readonly Told[], [from, to]: readonly [string, string]) {
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const told = rows.filter((row) => row.kind === kind && from <= row.day && row.day <= to);
    await seller.record(
      kind,
      told.map(({ data }) => data),
    );
  }
  await world.detection(await seller.job(to, { coverage }));
}

/** The open claims of a seller, by what they are about; the sellers' own ids are left out. */
async function openClaims({ tenantId }: Seller) {
  const streams = [...(await world.claimsOf(tenantId)).keys()];
  const ids = streams.map((stream) => stream.replace(/^claim-/, ''));
  const states = await readClaims(world.deps.store, tenantId, ids);
  return [...states.values()].filter(claimIsOpen).map(told).sort();
}

function told({ subtype, subject, assessment, ...claim }: ClaimState): string {
  const { quantity, value, allocation } = assessment;
  const { lossDay, opensOn, deadline, policy } = claim;
  // What a product is called may be learned later, and a claim keeps the names that it was found with.
  const { marketplaceId, sku, orderId } = subject;
  const about = { marketplaceId, sku, orderId };
  const held = { about, lossDay, opensOn, deadline, policy, quantity, value };
  return JSON.stringify({ subtype, ...held, allocation });
}

describe('given a seller whose reports come in several syncs, with days told again', () => {
  it('then after the last of them the open claims are those of one detection over all', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(story, cuts, fc.nat({ max: 10 }), async (rows, ends, overlap) => {
        const [split, once] = [world.seller(), world.seller()];
        let from = ORDER_BEGINS;
        for (const end of [...ends].sort((a, b) => a - b)) {
          const to = addDays(ORDER_BEGINS, end);
          await sync(split, rows, [from, to]);
          from = addDays(to, -overlap);
        }
        await sync(split, rows, [from, ORDER_TOLD]);
        await sync(once, [...rows].reverse(), [ORDER_BEGINS, ORDER_TOLD]);
        expect(await openClaims(split)).toEqual(await openClaims(once));
      }),
      { numRuns: 20 },
    );
  }, 300_000);
});
