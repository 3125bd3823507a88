import { groupBy } from '@recoup/kernel';
import type { TrueClaim } from '../causes/plant.js';
import { between, randomFrom, seedOf, type Random } from '../random.js';
import { DAY_MS } from '../world/calendar.js';
import type { LaterFacts } from '../world/later-facts.js';
import type { Product } from '../world/product.js';
import type { Reimbursement } from '../world/reimbursement.js';
import type { World } from '../world/world.js';
import { namesOf } from './case-truth.js';
import { HABITS } from './case-plan.js';
import { settlesUnasked, type Packet } from './decide.js';
import type { Desk } from './desks.js';
import { foundRow } from './found-row.js';
import { REASONS } from './paid-reasons.js';

/** A loss that is paid for without a case, and all that follows from it. */
export interface UnaskedPayment {
  readonly loss: TrueClaim;
  readonly ms: number;
  readonly facts: LaterFacts;
}

/**
 * What Amazon says that it pays by itself: units lost and damaged in its warehouses, and refunds without a return (its
 * announcement of 2024-10-23, in force since 2024-11-01). Removals and shipments to it stay with whoever asks.
 */
const BY_ITSELF: ReadonlySet<string> = new Set([
  ...['lost_warehouse', 'damaged_warehouse'],
  ...['refund_not_returned', 'replacement_not_returned'],
]);

/**
 * The losses of a world that are put right after the anchor unless a case names them first, in the order of their days: as
 * many of each age, and as late, as the desk settles unasked while a case is open. Only the one loss of a product is: what
 * is paid for one of several would tell what the others are worth.
 */
export function planUnasked(world: World, desk: Desk): readonly UnaskedPayment[] {
  const { truth, calendar, seller } = world;
  if (calendar.endMs === calendar.anchorMs) return [];
  const products = new Map(world.products.map((product) => [product.fnsku, product]));
  const all = [...truth.claims, ...truth.lapsed];
  const others = groupBy([...all, ...truth.bySellersWord.claims], ({ fnsku }) => fnsku);
  return all
    .filter((loss) => BY_ITSELF.has(loss.subtype) && others.get(loss.fnsku)?.length === 1)
    .flatMap((loss) => {
      const random = randomFrom(seedOf('unasked', desk.name, seller.id, ...namesOf(loss)));
      const product = products.get(loss.fnsku);
      const ms = payday(loss, { world, desk, random });
      if (!product || ms === null || ms >= calendar.endMs) return [];
      return [{ loss, ms, facts: factsOf({ loss, product, ms, world, random }) }];
    })
    .sort((a, b) => a.ms - b.ms);
}

interface Drawing {
  readonly world: World;
  readonly desk: Desk;
  readonly random: Random;
}

/** When a loss is put right, if it is: some days after it is stated, or after the anchor where that is later. */
function payday(
  { claimableFrom, claimableUntil }: TrueClaim,
  { world, desk, random }: Drawing,
): number | null {
  const { anchorMs } = world.calendar;
  const statedMs = Date.parse(claimableFrom);
  const fromMs = Math.max(anchorMs, statedMs);
  const settles = random() < settlesUnasked((fromMs - statedMs) / DAY_MS, desk);
  const days = -desk.unasked.meanDays * Math.log(1 - random());
  const ms = Math.floor(fromMs + days * DAY_MS);
  const closes = Date.parse(`${claimableUntil}T00:00:00Z`);
  return settles && ms < closes ? ms : null;
}

interface Settling {
  readonly loss: TrueClaim;
  readonly product: Product;
  readonly ms: number;
  readonly world: World;
  readonly random: Random;
}

function factsOf({ loss, product, ms, world, random }: Settling): LaterFacts {
  const { unitValue, units } = loss;
  const id = String(Math.floor(10_000_000_000 + random() * 90_000_000_000));
  const row: Reimbursement = {
    ...{ ms, id, product, caseId: null, orderId: loss.orderId ?? null },
    reason: REASONS[loss.subtype] ?? 'GeneralAdjustment',
    perUnitCents: unitValue ? Math.round(Number(unitValue.amount) * 100) : product.costCents,
    ...{ cash: units, inventory: 0, originalId: null, originalType: null },
    creditedAfter: between(random, 0, 3),
  };
  const ofShelf = loss.orderId === undefined;
  const takenBack = random() < HABITS.takenBack && ofShelf;
  const backMs = ms + between(random, 8, 35) * DAY_MS;
  const found = random() < HABITS.found;
  const back: Reimbursement = {
    ...row,
    ...{ ms: backMs, id: `${id}9`, reason: 'Reimbursement_Reversal', cash: -units },
    ...{ originalId: id, originalType: row.reason },
  };
  const names = namesOf(loss);
  return {
    reimbursements: takenBack ? [row, back] : [row],
    rows: takenBack && found ? [foundRow({ world, product, backMs, units, id: `${id}7` })] : [],
    settled: names.map((referenceId) => ({ referenceId, ms })),
    reconciled: names.map((referenceId) => ({ referenceId, fnsku: loss.fnsku, ms, units })),
  };
}

/** Whether a case is about a loss, so that the desk decides on it. */
export function isNamedBy({ loss }: UnaskedPayment, { fnsku, names }: Packet): boolean {
  return loss.fnsku === fnsku && namesOf(loss).some((name) => names.includes(name));
}
