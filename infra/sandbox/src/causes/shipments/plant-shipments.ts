import { randomFrom, seedOf, shuffled, type Random } from '../../random.js';
import { decimal } from '../../world/amount.js';
import { DAYS, type Calendar } from '../../world/calendar.js';
import type { Product } from '../../world/product.js';
import type { Reimbursement } from '../../world/reimbursement.js';
import type { WorldSize } from '../../world/size.js';
import type { LookAlike, TrueClaim } from '../plant.js';
import {
  carrierDamage,
  labelKept,
  labelRefunded,
  packedBadly,
  placementKept,
  receivedAsSibling,
  receivedLate,
  shortReceipt,
  shortReceiptPaid,
  shortReceiptPartlyPaid,
} from './inbound-causes.js';
import {
  disposedAsOrdered,
  disposedUnasked,
  removalShort,
  removalShortPaid,
  removalWhole,
} from './removal-causes.js';
import type { ShipmentCause, ShipmentClaim } from './shipment-cause.js';
import { ShipmentPlot, type Shipped } from './shipment-plot.js';

/** All that happens to shipments to Amazon and to units that leave it, claims and look-alikes. */
export const SHIPMENT_CAUSES: readonly ShipmentCause[] = [
  ...[shortReceipt, receivedLate, removalShort, labelKept, disposedUnasked, receivedAsSibling],
  ...[shortReceiptPartlyPaid, shortReceiptPaid, carrierDamage, packedBadly, labelRefunded],
  ...[placementKept, removalShortPaid, removalWhole, disposedAsOrdered],
];

export interface PlantedShipments extends Shipped {
  readonly claims: TrueClaim[];
  readonly lookAlikes: LookAlike[];
}

export interface ShipmentTools {
  readonly seed: number;
  readonly size: WorldSize;
  readonly calendar: Calendar;
  /** Products on which nothing else stays open, and what Amazon has paid for them before the anchor. */
  readonly products: readonly Product[];
  readonly payments: readonly Reimbursement[];
}

interface Place {
  readonly day: number;
  readonly serial: string;
  /** What it is drawn from. */
  readonly drawn: Random;
}

/** Ages in days at the anchor: every claim has opened and none has closed. */
const AGE = { from: 33, to: 54 };

/**
 * Lays each cause on a product of its own, before the anchor and, as densely, after it: payments name no shipment, so two
 * cases of a product would mix. What lies ahead is drawn apart from the history, which is the same however far it goes.
 */
export function plantShipments(tools: ShipmentTools): PlantedShipments {
  const { seed, size, calendar, products } = tools;
  const planted: PlantedShipments = {
    ...{ rows: [], deliveries: [], cancelled: [], transactions: [], reimbursements: [] },
    ...{ claims: [], lookAlikes: [] },
  };
  const random = randomFrom(seedOf(seed, 'shipment causes'));
  // Paid for once, a product is worth what nobody can say: it depends on what comes next.
  const plain = products.filter((one) => fullPayments(one, tools.payments).length !== 1);
  const free = shuffled(random, plain);
  const rounds = Math.max(1, Math.round(size.claimCases / 20));
  const plantOne = (cause: ShipmentCause, { day, serial, drawn }: Place): void => {
    const [product, partner] = free.splice(0, cause === receivedAsSibling ? 2 : 1);
    if (!product || (cause === receivedAsSibling && !partner)) return;
    const plot = new ShipmentPlot({
      ...{ product, partner: partner ?? product, day, random: drawn, calendar, serial },
      into: planted,
    });
    keep(planted, { cause, plot, tools });
  };
  const causes = Array.from({ length: rounds }, () => SHIPMENT_CAUSES).flat();
  for (const [n, cause] of causes.entries()) {
    const age = AGE.from + Math.floor(random() * (AGE.to - AGE.from + 1));
    plantOne(cause, { day: DAYS - age, serial: serialOf('H', n), drawn: random });
  }
  const ahead = calendar.days - DAYS;
  const later = randomFrom(seedOf(seed, 'shipment causes ahead'));
  const wanted = Math.round((causes.length * ahead) / (AGE.to - AGE.from + 30));
  for (let n = 0; n < wanted; n += 1) {
    const cause = SHIPMENT_CAUSES[n % SHIPMENT_CAUSES.length];
    const day = DAYS + 7 + Math.floor((n * ahead) / wanted);
    if (cause && day < calendar.days)
      plantOne(cause, { day, serial: serialOf('L', n), drawn: later });
  }
  return planted;
}

/** `H` before the anchor, `L` after it. */
function serialOf(letter: string, n: number): string {
  return `${letter}${n.toString(36).toUpperCase().padStart(6, '0')}`;
}

interface Case {
  readonly cause: ShipmentCause;
  readonly plot: ShipmentPlot;
  readonly tools: ShipmentTools;
}

function keep(planted: PlantedShipments, { cause, plot, tools }: Case): void {
  const { claim, lookAlike } = cause.plant(plot);
  const { fnsku, sku, marketplace } = plot.product;
  const name = (day: number) => tools.calendar.name(day);
  if (claim) {
    const { subtype, units, shipmentId, removalOrderId, referenceId } = claim;
    planted.claims.push({
      ...{ subtype, marketplaceId: marketplace.id, fnsku, sku, units, cause: cause.name },
      ...{ lossDay: name(claim.day), referenceIds: [referenceId] },
      unitValue: valueOf(claim, plot.product, tools),
      claimableFrom: new Date(claim.opensMs).toISOString(),
      claimableUntil: name(claim.closes),
      ...(shipmentId ? { shipmentId } : {}),
      ...(removalOrderId ? { removalOrderId } : {}),
    });
  }
  if (lookAlike) {
    const { referenceId, why } = lookAlike;
    const referenceIds = [referenceId];
    const since = name(plot.day);
    planted.lookAlikes.push({ fnsku, cause: cause.name, referenceIds, why, since });
  }
}

/** What the charge was; or what Amazon has paid in full for a unit of the product twice, if it has. */
function valueOf(
  { cents }: ShipmentClaim,
  product: Product,
  { payments }: ShipmentTools,
): TrueClaim['unitValue'] {
  const { currency } = product.marketplace;
  if (cents !== undefined) return { amount: decimal(cents), currency };
  const full = fullPayments(product, payments);
  return full.length >= 2 ? { amount: decimal(product.costCents), currency } : null;
}

/** Payments for a product that were not taken back. */
function fullPayments(product: Product, payments: readonly Reimbursement[]): Reimbursement[] {
  const own = payments.filter((one) => one.product === product);
  const taken = new Set(own.map(({ originalId }) => originalId));
  return own.filter(({ id, cash }) => cash > 0 && !taken.has(id));
}
