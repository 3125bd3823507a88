import { beforeAll, describe, expect, it } from 'vitest';
import { calendarOf } from '../world/calendar.js';
import { sellerOf } from '../world/sellers.js';
import { makeWorld, type World } from '../world/world.js';
import { openDesk, type Packet } from './decide.js';
import { DESKS, type Desk } from './desks.js';

let world: World;
beforeAll(async () => {
  const size = { products: 400, claimCases: 200, lookAlikes: 450 };
  const options = { seller: sellerOf('A1OUTCOMES001'), seed: 3, orders: 0, size };
  world = await makeWorld({ ...options, calendar: calendarOf('2026-11-21') });
});

/** Papers that show a true claim whole, some weeks after the loss. */
function packets(more: Partial<Packet> = {}): Packet[] {
  return world.truth.claims.map((claim) => ({
    subtype: claim.subtype,
    fnsku: claim.fnsku,
    names: claim.referenceIds,
    units: claim.units,
    lossDay: claim.lossDay,
    ageDays: 25,
    daysLeft: 35,
    quotedOpen: 1,
    showsAmount: true,
    places: 1,
    isWhole: true,
    tied: 0,
    sellable: true,
    ...more,
  }));
}

function share(more: Partial<Packet> = {}, desk: Desk = DESKS.usual) {
  const { decide } = openDesk(world, desk);
  const decisions = packets(more).map((packet) => decide(packet));
  return decisions.filter(({ approved }) => approved).length / decisions.length;
}

describe('given true claims with good papers', () => {
  it('then most are approved, and not all', () => {
    expect(share()).toBeGreaterThan(0.7);
    expect(share()).toBeLessThan(1);
  });

  it('then a case is decided the same in whatever order it comes', () => {
    const { decide } = openDesk(world, DESKS.usual);
    const there = packets().map((packet) => decide(packet));
    const back = packets()
      .reverse()
      .map((packet) => decide(packet));
    expect(back.reverse()).toEqual(there);
  });

  it.each([
    ['early claims', { ageDays: 0 }],
    ['claims in the last days', { daysLeft: 0 }],
    ['papers that show no amount and quote nothing', { showsAmount: false, quotedOpen: 0 }],
    ['stock that could not be sold', { sellable: false }],
  ])('then fewer are approved of %s', (_, more) => {
    expect(share(more)).toBeLessThan(share());
  });

  const harder: [string, Partial<Desk>][] = [
    ['stricter', { strictness: 1.5 }],
    ['slower', { asksBack: 1, answer: { medianDays: 30, spread: 0.6 } }],
    ['readier to pay unasked', { unasked: { share: 0.9, meanDays: 20 } }],
  ];
  it.each(harder)('then a desk that is %s approves fewer of the same cases', (_, habits) => {
    expect(share({}, { ...DESKS.usual, ...habits })).toBeLessThan(share());
  });
});

describe('given claims that nothing true is behind', () => {
  it('then hardly any is approved, and by luck only', () => {
    const { luck } = DESKS.usual;
    expect(share({ names: ['no-such-row'] })).toBeLessThanOrEqual(luck * 2);
  });
});
