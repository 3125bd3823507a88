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
  removalBroken,
  removalBrokenPaid,
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
  ...[removalBroken, removalBrokenPaid],
];

export interface PlantedShipments extends Shipped {
  readonly claims: TrueClaim[];
  readonly lookAlikes: LookAlike[];
  /** Everything that it happened to. */
  readonly products: Product[];
}

export interface ShipmentTools {
  readonly seed: number;
  readonly size: WorldSize;
  readonly calendar: Calendar;
  /** Products on which nothing else is owed. */
  readonly products: readonly Product[];
  /** What Amazon pays for them elsewhere: what is known of their worth when a case of theirs is looked at. */
  readonly payments: readonly Reimbursement[];
}

/** Ages in days at the anchor: every claim has opened and none has closed. */
const AGE = { from: 33, to: 54 };

/** Lays each cause on a product of its own, before the anchor: payments name no shipment, so two cases of one would mix. */
export function plantShipments(tools: ShipmentTools): PlantedShipments {
  const random = randomFrom(seedOf(tools.seed, 'shipment causes'));
  const places = causesInTurn(casesOf(tools.size)).map((cause, n) => {
    const age = AGE.from + Math.floor(random() * (AGE.to - AGE.from + 1));
    return { cause, day: DAYS - age, serial: serialOf('H', n) };
  });
  return plantAll(places, { ...tools, random });
}

/** As many in the days ahead, drawn apart from the history, which is the same however far they go. */
export function plantShipmentsAhead(tools: ShipmentTools): PlantedShipments {
  const { seed, size, calendar } = tools;
  const ahead = calendar.quietFrom - DAYS;
  const random = randomFrom(seedOf(seed, 'shipment causes ahead'));
  const wanted = Math.round((casesOf(size) * ahead) / (AGE.to - AGE.from + 30));
  const places = causesInTurn(wanted).map((cause, n) => {
    const day = DAYS + 7 + Math.floor((n * ahead) / wanted);
    return { cause, day, serial: serialOf('L', n) };
  });
  return plantAll(
    places.filter(({ day }) => day < calendar.quietFrom),
    { ...tools, random },
  );
}

/** Cases of the history: every cause once for twenty losses of stock, and at least once. */
function casesOf(size: WorldSize): number {
  return SHIPMENT_CAUSES.length * Math.max(1, Math.round(size.claimCases / 20));
}

function causesInTurn(count: number): readonly ShipmentCause[] {
  const rounds = Math.ceil(count / SHIPMENT_CAUSES.length);
  return Array.from({ length: rounds }, () => SHIPMENT_CAUSES)
    .flat()
    .slice(0, count);
}

interface Place {
  readonly cause: ShipmentCause;
  readonly day: number;
  readonly serial: string;
}

/** Those whose worth is known have their case first. */
function plantAll(
  places: readonly Place[],
  tools: ShipmentTools & { readonly random: Random },
): PlantedShipments {
  const { random, calendar } = tools;
  const planted: PlantedShipments = {
    ...{ rows: [], deliveries: [], cancelled: [], transactions: [], reimbursements: [] },
    ...{ claims: [], lookAlikes: [], products: [] },
  };
  const plain = shuffled(random, tools.products).filter((one) => worthOf(one, tools) !== 'open');
  const free = [
    ...plain.filter((one) => worthOf(one, tools) === 'known'),
    ...plain.filter((one) => worthOf(one, tools) === 'unknown'),
  ];
  for (const { cause, day, serial } of places) {
    const [product, partner] = free.splice(0, cause === receivedAsSibling ? 2 : 1);
    if (!product || (cause === receivedAsSibling && !partner)) continue;
    planted.products.push(product, ...(partner ? [partner] : []));
    const plot = new ShipmentPlot({
      ...{ product, partner: partner ?? product, day, random, calendar, serial },
      into: planted,
    });
    keep(planted, { cause, plot, tools });
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
  const { claim, lookAlike, told } = cause.plant(plot);
  const { fnsku, sku, marketplace } = plot.product;
  const name = (day: number) => tools.calendar.name(day);
  const word = told && {
    word: {
      ...({ kind: 'loss', subtype: 'removal_damaged', sku, quantity: told.units } as const),
      ...{ removalOrderId: plot.removalId, assertedOn: name(told.day) },
    },
  };
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
      ...word,
    });
  }
  if (lookAlike) {
    const { referenceId, why } = lookAlike;
    const referenceIds = [referenceId];
    const since = name(plot.day);
    planted.lookAlikes.push({ fnsku, cause: cause.name, referenceIds, why, since, ...word });
  }
}

/** What the charge was; or what Amazon has paid in full for a unit of the product twice, if it has. */
function valueOf(
  { cents }: ShipmentClaim,
  product: Product,
  tools: ShipmentTools,
): TrueClaim['unitValue'] {
  const { currency } = product.marketplace;
  if (cents !== undefined) return { amount: decimal(cents), currency };
  if (worthOf(product, tools) !== 'known') return null;
  return { amount: decimal(product.costCents), currency };
}

/**
 * Whether payments tell what a unit is worth: two before the anchor that were not taken back do, and none at all does not.
 * In between it depends on the day.
 */
function worthOf(
  product: Product,
  { payments, calendar }: Pick<ShipmentTools, 'payments' | 'calendar'>,
): 'known' | 'unknown' | 'open' {
  const own = payments.filter((one) => one.product === product);
  const taken = new Set(own.map(({ originalId }) => originalId));
  const full = own.filter(({ id, cash }) => cash > 0 && !taken.has(id));
  if (full.length === 0) return 'unknown';
  return full.filter(({ ms }) => ms < calendar.anchorMs).length >= 2 ? 'known' : 'open';
}
