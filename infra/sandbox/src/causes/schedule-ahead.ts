import { shuffled, type Random } from '../random.js';
import { DAYS, type Calendar } from '../world/calendar.js';
import type { Product } from '../world/product.js';
import type { Reimbursement } from '../world/reimbursement.js';
import type { WorldSize } from '../world/size.js';
import { allot } from './allot.js';
import type { Cause } from './cause.js';
import { GAP, place, type Lane } from './lanes.js';
import { CLAIM_CAUSES, CLOSED_LOOK_ALIKES } from './registry.js';
import { CLAIM_AGE, type Appointment } from './schedule.js';

export interface AheadOptions {
  readonly products: readonly Product[];
  readonly size: WorldSize;
  readonly random: Random;
  readonly calendar: Calendar;
  /** What has been laid out before the anchor, and what Amazon has paid in it. */
  readonly history: readonly Appointment[];
  readonly payments: readonly Reimbursement[];
  /** Products about which cases of shipments are open: a payment for them would tell what those are worth. */
  readonly unpaid: ReadonlySet<Product>;
}

/**
 * Lays out what happens after the anchor, evenly over its days and as densely as before it: on products where nothing has
 * stayed open, half of which stay free for what only looks like a claim. As ever, what stays open is its product's last.
 */
export function scheduleAhead(options: AheadOptions): Appointment[] {
  const { size, random, calendar } = options;
  const ahead = calendar.quietFrom - DAYS;
  if (ahead === 0) return [];
  const free = shuffled(random, lanesIn(options));
  const wanted = Math.round((size.claimCases * ahead) / (CLAIM_AGE.to - CLAIM_AGE.from));
  const owing = free.filter(isPlain).slice(0, Math.min(wanted, Math.floor(free.length / 2)));
  const causes = shuffled(random, allot(CLAIM_CAUSES, owing.length)).slice(0, owing.length);
  const claims = claimsOn(owing, { causes, ahead });
  const rest = free.filter((lane) => !owing.includes(lane));
  const count = Math.round((size.lookAlikes * ahead) / DAYS);
  const alike = shuffled(random, allot(CLOSED_LOOK_ALIKES, count)).slice(0, count);
  return [...claims, ...alike.flatMap((cause) => lookAlikeOn(rest, cause, random))];
}

interface FreeLane extends Lane {
  /** Full payments for units lost or damaged, and those of them that were taken back. */
  readonly paid: number;
  readonly reversed: number;
}

/** The products on which a case may still follow. */
function lanesIn({ products, calendar, history, payments, unpaid }: AheadOptions): FreeLane[] {
  const closing = new Set(CLOSED_LOOK_ALIKES);
  return products.flatMap((product) => {
    const own = history.filter((one) => one.product === product || one.partner === product);
    if (!own.every(({ cause }) => closing.has(cause))) return [];
    const rows = payments.filter((row) => row.product === product);
    return [
      {
        product,
        last: calendar.quietFrom - 1,
        mayPay: !unpaid.has(product),
        paidBefore: false,
        taken: own.map(({ day, cause }) => ({ from: day, to: day + cause.span })),
        paid: rows.filter(({ cash }) => cash > 0).length,
        reversed: rows.filter(({ cash }) => cash < 0).length,
      },
    ];
  });
}

/** Where it is beyond dispute what a unit is worth: Amazon paid for it twice and more often, or never. */
function isPlain({ paid, reversed }: FreeLane): boolean {
  return reversed === 0 && paid !== 1;
}

/**
 * Claims that Amazon states one after the other, each on the first product that is free in time. Where a cause takes longer
 * than there has been time for since the anchor, one that takes none is put in its place.
 */
function claimsOn(
  lanes: readonly FreeLane[],
  { causes, ahead }: { readonly causes: readonly Cause[]; readonly ahead: number },
): Appointment[] {
  const rest = [...lanes];
  return causes.flatMap((wanted, at) => {
    const stated = DAYS + 1 + Math.floor((at * ahead) / causes.length);
    for (const cause of [wanted, ...AT_ONCE]) {
      const day = stated - 1 - cause.span;
      const lane = rest.find((one) => isFree(one, day));
      if (!lane) continue;
      rest.splice(rest.indexOf(lane), 1);
      return [
        { cause, product: lane.product, partner: undefined, day, paidBefore: lane.paid >= 2 },
      ];
    }
    return [];
  });
}

const AT_ONCE = CLAIM_CAUSES.filter(({ span }) => span === 0);

function isFree({ taken }: Lane, day: number): boolean {
  return day >= DAYS && taken.every(({ to }) => to + GAP < day);
}

function lookAlikeOn(lanes: readonly Lane[], cause: Cause, random: Random): Appointment[] {
  for (const lane of shuffled(random, lanes)) {
    if (cause.pays && !lane.mayPay) continue;
    const day = place(lane, cause, { random, since: DAYS });
    if (day === undefined) continue;
    return [{ cause, product: lane.product, partner: undefined, day, paidBefore: false }];
  }
  return [];
}
