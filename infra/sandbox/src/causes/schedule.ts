import { between, pick, shuffled, type Random } from '../random.js';
import { DAYS } from '../world/calendar.js';
import type { Product } from '../world/product.js';
import type { WorldSize } from '../world/size.js';
import { allot } from './allot.js';
import type { Cause } from './cause.js';
import { place, type Lane } from './lanes.js';
import {
  APART_CLAIMS,
  APART_LOOK_ALIKES,
  CLAIM_CAUSES,
  CLOSED_LOOK_ALIKES,
  OPEN_LOOK_ALIKES,
  PAID_BEFORE,
  PAIR_LOOK_ALIKES,
} from './registry.js';

/** A cause with its place: on which product, from which day. */
export interface Appointment {
  readonly cause: Cause;
  readonly product: Product;
  readonly partner: Product | undefined;
  readonly day: number;
  /** Whether Amazon has paid the product's full cost twice before. */
  readonly paidBefore: boolean;
}

/** Ages in days at the anchor within which all losses of a claim lie: clear of both edges of a 60-day window. */
export const CLAIM_AGE = { from: 3, to: 55 };
/** Where a later case must not reach back to: before the oldest claimable loss. */
const BEFORE_CLAIMS = DAYS - CLAIM_AGE.to - 4;

export interface ScheduleOptions {
  readonly products: readonly Product[];
  readonly size: WorldSize;
  readonly random: Random;
}

/** Lays all causes out so that no two cases of a product mix: the truth of each is then its own, whatever the order of reading. */
export function schedule({ products, size, random }: ScheduleOptions): Appointment[] {
  const free = shuffled(random, products);
  const openCount = Math.max(OPEN_LOOK_ALIKES.length, Math.round(size.lookAlikes * 0.08));
  const pairCount = Math.max(PAIR_LOOK_ALIKES.length, Math.round(size.lookAlikes * 0.02));
  const pairs = allot(PAIR_LOOK_ALIKES, pairCount).map((cause) => pairOf(cause, free, random));
  const lanes: Lane[] = [];
  const claims = allot(CLAIM_CAUSES, size.claimCases).map((cause, at) => {
    const lane = laneOn(free, { last: BEFORE_CLAIMS, paidBefore: at % 3 !== 2 });
    lanes.push(lane);
    return openCase(cause, lane, {
      random,
      age: { ...CLAIM_AGE, from: CLAIM_AGE.from + cause.span },
    });
  });
  const open = allot(OPEN_LOOK_ALIKES, openCount).map((cause) => {
    const lane = laneOn(free, { last: DAYS, paidBefore: false });
    const appointment = openCase(cause, lane, { random, age: cause.age ?? CLAIM_AGE });
    lane.last = appointment.day - 4;
    lane.mayPay = true;
    lanes.push(lane);
    return appointment;
  });
  // Nothing of them stays open here: cases of shipments and removals have them, and their worth is known.
  for (let n = 0; n < Math.round(size.claimCases / 8); n += 1) {
    lanes.push(laneOn(free, { last: DAYS - 2, paidBefore: true }));
  }
  const before = lanes.filter((lane) => lane.paidBefore).flatMap((lane) => paidTwice(lane, random));
  const apart = apartCases(free, { size, random });
  while (free.length > 0) {
    lanes.push({ ...laneOn(free, { last: DAYS - 2, paidBefore: false }), mayPay: true });
  }
  const rest = size.lookAlikes - before.length - open.length - pairs.length;
  const closed = allot(CLOSED_LOOK_ALIKES, rest).map((cause) => closedCase(cause, lanes, random));
  return [...claims, ...open, ...pairs, ...apart, ...before, ...closed];
}

/** Each on a product to which nothing else happens, since what comes back or is paid may be read as theirs. */
function apartCases(
  free: Product[],
  { size, random }: { readonly size: WorldSize; readonly random: Random },
): Appointment[] {
  const causes = [
    ...allot(APART_CLAIMS, Math.max(APART_CLAIMS.length, Math.round(size.claimCases * 0.2))),
    ...APART_LOOK_ALIKES,
  ];
  return causes.map((cause) => {
    const lane = laneOn(free, { last: DAYS, paidBefore: false });
    return openCase(cause, lane, { random, age: cause.age });
  });
}

function laneOn(
  free: Product[],
  { last, paidBefore }: { last: number; paidBefore: boolean },
): Lane {
  const product = free.pop();
  if (!product) throw new RangeError('too few products for the cases');
  return { product, last, paidBefore, mayPay: paidBefore, taken: [] };
}

function openCase(
  cause: Cause,
  lane: Lane,
  { random, age }: { random: Random; age: { from: number; to: number } },
): Appointment {
  const day = DAYS - between(random, age.from, age.to);
  const { product, paidBefore } = lane;
  return { cause, product, partner: undefined, day, paidBefore };
}

function pairOf(cause: Cause, free: Product[], random: Random): Appointment {
  const product = free.pop();
  const at = free.findLastIndex(({ marketplace }) => marketplace.id === product?.marketplace.id);
  const [partner] = at < 0 ? [] : free.splice(at, 1);
  if (!product || !partner) throw new RangeError('too few products for the cases');
  return { cause, product, partner, day: between(random, 20, DAYS - 5), paidBefore: false };
}

function paidTwice(lane: Lane, random: Random): Appointment[] {
  return PAID_BEFORE.map((cause) => appoint(cause, lane, { random, since: 0 }) ?? noRoom(cause));
}

function closedCase(cause: Cause, lanes: readonly Lane[], random: Random): Appointment {
  // Half of them as recent as the claims, or telling them apart would be a matter of their dates.
  const since = random() < 0.5 ? DAYS - CLAIM_AGE.to : 0;
  const allowed = lanes.filter((lane) => lane.mayPay || !cause.pays);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const lane = pick(random, allowed);
    const placed = appoint(cause, lane, { random, since: attempt < 100 ? since : 0 });
    if (placed) return placed;
  }
  return noRoom(cause);
}

function appoint(
  cause: Cause,
  lane: Lane,
  options: { random: Random; since: number },
): Appointment | undefined {
  const day = place(lane, cause, options);
  if (day === undefined) return undefined;
  return { cause, product: lane.product, partner: undefined, day, paidBefore: lane.paidBefore };
}

function noRoom(cause: Cause): never {
  throw new RangeError(`no room in the world for ${cause.name}`);
}
