import { beforeAll, describe, expect, it } from 'vitest';
import { calendarOf, DAY_MS } from '../world/calendar.js';
import { sellerOf } from '../world/sellers.js';
import { makeWorld, type World } from '../world/world.js';
import type { FiledCase } from '../doors/case-store.js';
import { casework, type Casework } from './casework.js';
import { DESKS } from './desks.js';
import { unaskedBook } from './unasked-book.js';
import { planUnasked, type UnaskedPayment } from './unasked.js';

const calendar = calendarOf('2026-11-21', 100);
const seller = sellerOf('A1UNASKED0001');
const size = { products: 300, claimCases: 120, lookAlikes: 100 };

const make = (): Promise<World> => makeWorld({ seller, seed: 7, orders: 0, size, calendar });

/** A case that names the loss, filed a day before it would have been paid. */
function caseAbout({ loss, ms }: UnaskedPayment): FiledCase {
  return {
    ...{ caseId: '10000000001', idempotencyKey: 'key', sellerId: seller.id, status: 'open' },
    createdAt: new Date(ms - DAY_MS).toISOString(),
    request: {
      ...{ claimId: 'claim', subtype: loss.subtype, fnsku: loss.fnsku, quantity: loss.units },
      ...{ lossDay: loss.lossDay, deadline: loss.claimableUntil, text: 'lost' },
      references: loss.referenceIds,
    },
  };
}

/** The products for losses of which the desk has paid unasked. */
const paidFor = (): readonly string[] => desk.unasked.map(({ loss }) => loss.fnsku);

let world: World;
let desk: Casework;
let planned: readonly UnaskedPayment[];
beforeAll(async () => {
  world = await make();
  planned = planUnasked(world, DESKS.usual);
  desk = casework(world, DESKS.usual);
}, 120_000);

describe('given losses that nobody has filed', () => {
  it('then some are paid unasked while they can be claimed, each once, and the same ones at every start', async () => {
    expect(planned.length).toBeGreaterThan(10);
    expect(new Set(planned.map(({ loss }) => loss.fnsku)).size).toBe(planned.length);
    for (const { loss, ms } of planned) {
      expect(new Date(ms).toISOString() >= loss.claimableFrom).toBe(true);
      expect(ms).toBeGreaterThanOrEqual(calendar.anchorMs);
      expect(calendar.name(calendar.dayOf(ms)) <= loss.claimableUntil).toBe(true);
    }
    const again = planUnasked(await make(), DESKS.usual);
    expect(again.map(({ facts }) => facts.reimbursements)).toEqual(
      planned.map(({ facts }) => facts.reimbursements),
    );
  }, 120_000);

  it('then what was paid is in the report and the books, and its units are reconciled and owed no more', () => {
    const one = planned.find(({ loss }) => loss.subtype === 'lost_warehouse');
    if (!one) throw new Error('no loss in a warehouse was paid unasked');
    const { loss, ms } = one;
    for (const facts of desk.payUnasked(ms + 1)) world.adopt(facts);
    expect(desk.payUnasked(ms + 1)).toEqual([]);
    expect(paidFor()).toContain(loss.fnsku);

    const [before, after] = [world.asOf(ms), world.asOf(ms + 1)];
    const isPaid = (at: World): boolean =>
      at.reimbursements.some(({ id }) => id === one.facts.reimbursements[0]?.id);
    expect([isPaid(before), isPaid(after)]).toEqual([false, true]);
    const owed = (at: World): number =>
      at.truth.claims.filter(({ fnsku }) => fnsku === loss.fnsku).length;
    expect([owed(before), owed(after)]).toEqual([1, 0]);
    const open = (at: World): number =>
      Array.from({ length: at.calendar.days }, (_, day) => at.ledgerOn(day))
        .flat()
        .filter(({ referenceId }) => loss.referenceIds.includes(referenceId))
        .reduce((sum, { unreconciled }) => sum + (unreconciled ?? 0), 0);
    expect([open(before), open(after)]).toEqual([loss.units, 0]);

    const booked = (at: World) =>
      unaskedBook(at, desk.worked).filter(({ fnsku }) => fnsku === loss.fnsku);
    expect(booked(after)).toMatchObject([
      { kind: 'unasked', units: loss.units, at: new Date(ms).toISOString() },
    ]);
    expect(booked(before)).toEqual([]);
  });

  it('then a case that names a loss first leaves it to the desk', () => {
    const one = planned.find(({ ms }) => ms > (desk.unasked.at(-1)?.ms ?? 0) + 2 * DAY_MS);
    if (!one) throw new Error('nothing is left to be paid unasked');
    desk.work(caseAbout(one));
    desk.payUnasked(calendar.endMs);
    expect(paidFor()).not.toContain(one.loss.fnsku);
    expect(paidFor().length).toBe(planned.length - 1);
  });
});
