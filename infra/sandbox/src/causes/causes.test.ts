import { describe, expect, test } from 'vitest';
import { randomFrom, seedOf } from '../random.js';
import { calendarOf } from '../world/calendar.js';
import type { LedgerRow } from '../world/ledger-row.js';
import { catalogueOf } from '../world/product.js';
import type { Reimbursement } from '../world/reimbursement.js';
import { sellerOf } from '../world/sellers.js';
import { serials } from '../world/serials.js';
import type { Cause } from './cause.js';
import { openPlot } from './plot.js';
import {
  CLAIM_CAUSES,
  CLOSED_LOOK_ALIKES,
  OPEN_LOOK_ALIKES,
  PAIR_LOOK_ALIKES,
} from './registry.js';

const products = catalogueOf(sellerOf('A2HARBORPINE01'), 7, 60);
const calendar = calendarOf('2026-03-10');

function happen(cause: Cause, seed: number) {
  const rows: LedgerRow[] = [];
  const reimbursements: Reimbursement[] = [];
  const [product, partner] = products;
  if (!product) throw new Error('no product');
  const random = randomFrom(seedOf(cause.name, seed));
  const tools = { random, calendar, serials: serials(), rows, reimbursements };
  const outcome = cause.plant(openPlot({ ...tools, product, partner, day: 200 }));
  return { rows, reimbursements, outcome };
}

type Happened = ReturnType<typeof happen>;
const many = (cause: Cause) => Array.from({ length: 150 }, (_, seed) => happen(cause, seed));

/** Units by which a reason code changed a kind of stock. */
const moved = ({ rows }: Happened, reason: string, sellable: boolean) =>
  rows
    .filter((row) => row.reason === reason && (row.disposition === 'SELLABLE') === sellable)
    .reduce((sum, { quantity }) => sum + quantity, 0);

const paid = ({ reimbursements }: Happened, reason: string) =>
  reimbursements
    .filter((row) => row.reason === reason || row.originalType === reason)
    .reduce((sum, { cash, inventory }) => sum + cash + inventory, 0);

/** What is owed by plain arithmetic over the whole case: no order, no pairing, nothing the causes know. */
const owed = (happened: Happened) => ({
  lost:
    0 - moved(happened, 'M', true) - moved(happened, 'F', true) - paid(happened, 'Lost_Warehouse'),
  damaged:
    0 -
    moved(happened, 'E', true) +
    moved(happened, 'Q', false) -
    paid(happened, 'Damaged_Warehouse'),
});

const claimed = ({ outcome }: Happened, subtype: string) =>
  (outcome.claims ?? [])
    .filter((claim) => claim.subtype === subtype)
    .reduce((sum, { units }) => sum + units, 0);

describe.each(CLAIM_CAUSES.map((cause) => [cause.name, cause] as const))('given %s', (_, cause) => {
  test('then what it claims is what is missing, less what was found and paid', () => {
    for (const happened of many(cause)) {
      const sums = owed(happened);
      expect(claimed(happened, 'lost_warehouse')).toBe(sums.lost);
      expect(claimed(happened, 'damaged_warehouse')).toBe(sums.damaged);
      expect(sums.lost + sums.damaged).toBeGreaterThan(0);
    }
  });

  test('then each claim rests on the row that lost its units, and no unit is claimed twice', () => {
    for (const { rows, outcome } of many(cause)) {
      for (const { referenceIds, units, day } of outcome.claims ?? []) {
        const losing = rows.filter((row) => referenceIds.includes(row.referenceId));
        expect(losing.map((row) => row.day)).toEqual([day]);
        expect(losing[0]?.unreconciled).toBe(units);
        expect(-(losing[0]?.quantity ?? 0)).toBeGreaterThanOrEqual(units);
      }
      const ids = (outcome.claims ?? []).flatMap((claim) => claim.referenceIds);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

const finds = new Set(['found_without_loss']);
describe.each(CLOSED_LOOK_ALIKES.map((cause) => [cause.name, cause] as const))(
  'given %s',
  (name, cause) => {
    test('then nothing is owed, claimed or open when it is over', () => {
      for (const happened of many(cause)) {
        const sums = owed(happened);
        if (!finds.has(name)) expect(sums).toEqual({ lost: 0, damaged: 0 });
        expect(happened.outcome.claims).toBeUndefined();
        expect(happened.rows.every(({ unreconciled }) => unreconciled === 0)).toBe(true);
      }
    });
  },
);

describe('given any cause', () => {
  test('then it stays within the days it announces, and says why it is no claim', () => {
    const all = [...CLAIM_CAUSES, ...CLOSED_LOOK_ALIKES, ...OPEN_LOOK_ALIKES, ...PAIR_LOOK_ALIKES];
    for (const cause of all) {
      for (const { rows, reimbursements, outcome } of many(cause)) {
        const days = [
          ...rows.map(({ day }) => day),
          ...reimbursements.map(({ ms }) => calendar.dayOf(ms)),
        ];
        expect(Math.min(...days)).toBe(200);
        expect(Math.max(...days)).toBeLessThanOrEqual(200 + cause.span);
        expect((outcome.claims ?? []).length + (outcome.lookAlikes ?? []).length).toBeGreaterThan(
          0,
        );
      }
    }
  });
});

describe('given the worked example', () => {
  test('then 16 are misplaced, five come back one by one at other centres, and 11 are open', () => {
    const example = CLAIM_CAUSES.find(({ name }) => name === 'worked_example');
    if (!example) throw new Error('no worked example');
    const { rows, outcome } = happen(example, 1);
    const [loss, ...found] = rows;
    expect(loss).toMatchObject({ reason: 'M', quantity: -16, reconciled: 5, unreconciled: 11 });
    expect(found.map(({ reason, quantity }) => [reason, quantity])).toEqual(
      Array.from({ length: 5 }, () => ['F', 1]),
    );
    expect(found.every(({ center }) => center !== loss?.center)).toBe(true);
    expect(outcome.claims).toMatchObject([{ subtype: 'lost_warehouse', units: 11 }]);
  });
});
