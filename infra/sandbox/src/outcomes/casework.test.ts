import { beforeAll, describe, expect, it } from 'vitest';
import type { FiledCase } from '../doors/case-store.js';
import { calendarOf, DAY_MS } from '../world/calendar.js';
import { sellerOf } from '../world/sellers.js';
import { makeWorld, type World } from '../world/world.js';
import { answerAt, bookOf } from './case-answer.js';
import { casework, type WorkedCase } from './casework.js';
import { DESKS, type Desk } from './desks.js';

const calendar = calendarOf('2026-11-21', 150);

/** A case for every loss that is open three days after the first, as a seller would file it. */
function casesIn(world: World): FiledCase[] {
  const { claims, sellerId } = world.asOf(calendar.anchorMs + 3 * DAY_MS).truth;
  return claims.map((claim, n) => ({
    caseId: `${10_000_000_000 + n}`,
    idempotencyKey: `key-${n}`,
    sellerId,
    createdAt: '2026-11-24T10:00:00.000Z',
    status: 'open',
    request: {
      ...{ claimId: `claim-${n}`, subtype: claim.subtype, fnsku: claim.fnsku },
      ...{ quantity: claim.units, lossDay: claim.lossDay, deadline: claim.claimableUntil },
      references: [...claim.referenceIds, ...(claim.orderId ? [claim.orderId] : [])],
      text: claim.referenceIds.join(' '),
      amount: { amount: '1.00', currency: 'USD' },
    },
  }));
}

async function played(by: Desk = DESKS.usual) {
  const size = { products: 300, claimCases: 120, lookAlikes: 200 };
  const seller = sellerOf('A1CASEWORK001');
  const world = await makeWorld({ seller, seed: 7, orders: 0, size, calendar });
  const before = world.asOf(calendar.endMs - 1).reimbursements.length;
  const desk = casework(world, by);
  for (const filed of casesIn(world)) {
    const worked = desk.work(filed);
    if (worked) world.adopt(worked.facts);
  }
  return { world, before, desk, worked: desk.worked };
}

let world: World;
let worked: readonly WorkedCase[];
let before: number;
beforeAll(async () => {
  ({ world, worked, before } = await played());
}, 120_000);

const rows = () => worked.flatMap(({ facts }) => facts.reimbursements);

describe('given cases on the desk', () => {
  it('then they end in every way that cases end, and one by one as the days pass', () => {
    const at = (day: number) =>
      worked.map((one) => answerAt(one, calendar.anchorMs + day * DAY_MS).status);
    expect(new Set(at(3))).toEqual(new Set(['open']));
    expect(new Set(at(120))).toEqual(new Set(['open', 'approved', 'partially_approved', 'denied']));
    expect(at(120).filter((status) => status === 'open').length).toBeLessThan(worked.length / 5);
    const kinds = worked.flatMap((one) => bookOf(one, calendar.endMs).movements);
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(
      new Set(['paid', 'unasked', 'reversed']),
    );
    expect(kinds.some(({ inKind }) => inKind > 0)).toBe(true);
  });

  it('then what the desk pays is in the report, with its case, and its money among the transactions', () => {
    const late = world.asOf(calendar.endMs - 1);
    const paid = rows().filter(({ ms }) => ms < calendar.endMs - 1);
    expect(late.reimbursements.length - before).toBe(paid.length);
    const days = Array.from({ length: late.calendar.days }, (_, day) => day);
    const posted = days.flatMap((day) => late.transactions.postedOn(day)).map(({ id }) => id);
    expect(new Set(posted).size).toBe(posted.length);
    const money = paid
      .filter(({ cash }) => cash !== 0)
      .reduce((sum, row) => sum + row.cash * row.perUnitCents, 0);
    const own = new Set(paid.map(({ id }) => `reimbursement:${id}`));
    const credited = days
      .flatMap((day) => late.transactions.postedOn(day))
      .filter(({ id }) =>
        own.has(Buffer.from(id, 'base64url').toString().split(':').slice(1).join(':')),
      )
      .reduce((sum, { cents }) => sum + cents, 0);
    expect(credited).toBe(money);
  });

  it('then nothing is seen before it happens, and no case changes a day that was told before', () => {
    const filedDay = world.asOf(Date.parse('2026-11-24T23:00:00.000Z'));
    const ids = new Set(filedDay.reimbursements.map(({ id }) => id));
    expect(rows().some(({ id }) => ids.has(id))).toBe(false);
  });

  it('then what was paid for is owed no more, and units that are found are on the shelf', () => {
    const { truth } = world.asOf(calendar.anchorMs + 45 * DAY_MS);
    const open = new Set(truth.claims.flatMap(({ referenceIds }) => referenceIds));
    const settled = worked.flatMap(({ facts }) => facts.settled);
    const past = settled.filter(({ ms }) => ms < calendar.anchorMs + 45 * DAY_MS);
    expect(past.length).toBeGreaterThan(20);
    expect(past.filter(({ referenceId }) => open.has(referenceId))).toEqual([]);
    const finds = worked
      .flatMap(({ facts }) => facts.rows)
      .filter(({ day }) => day < calendar.days);
    expect(finds.length).toBeGreaterThan(0);
    for (const row of finds) expect(world.ledgerOn(row.day)).toContainEqual(row);
  });

  it('then the same cases come to the same end at every start', async () => {
    const again = await played();
    const books = (all: readonly WorkedCase[]) => all.map((one) => bookOf(one, calendar.endMs));
    expect(books(again.worked)).toEqual(books(worked));
  }, 120_000);

  it('then what is filed anew is read by somebody else, who agrees at times, and at every start to the same', async () => {
    const appealed = async () => {
      const { desk, worked: cases } = await played(DESKS.stern);
      const refused = cases.filter(
        ({ plan: { decision } }) => !decision.approved && decision.why === 'not_convinced',
      );
      return refused.map(({ filed }) => {
        const { idempotencyKey: key, caseId } = filed;
        const anew = { idempotencyKey: `${key} anew`, caseId: `2${caseId.slice(1)}` };
        return desk.work({ ...filed, ...anew, createdAt: '2026-12-10T10:00:00.000Z' });
      });
    };
    const decisions = (await appealed()).map((one) => one?.plan.decision);
    expect(new Set(decisions.map((one) => one?.approved))).toEqual(new Set([true, false]));
    expect((await appealed()).map((one) => one?.plan.decision)).toEqual(decisions);
  }, 120_000);
});
