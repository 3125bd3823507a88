import type { AllocationLine, ClaimValue } from '@recoup/contracts';
import { marketplaces, marketplacesOf, type MarketplaceRow } from '@recoup/domain';
import { dayIn, fromMinor, toMinor } from '@recoup/kernel';
import type { Draft } from '../judge.js';
import type { ProductKey } from '../product-key.js';
import { UNKNOWN_VALUE } from '../value/pre-order-value.js';
import { subjectOf } from './inbound-subject.js';
import type { ChargedShipment } from './called-off.js';
import type { ShipmentCharge } from './shipment-charges.js';

/** What was charged for a shipment and is owed back. */
export interface ChargeClaim {
  readonly shipment: ChargedShipment;
  /** Charges and what was given back of them, of one currency. */
  readonly charges: readonly ShipmentCharge[];
  /** Words that tell the claim from others of the shipment. */
  readonly about: readonly string[];
  readonly quantity: number;
  /** Unknown where the charge may have been right: it is shown and worth nothing. */
  readonly known: boolean;
}

/** The net of charges in minor units: above zero where more was charged than given back. */
export function netCharged(charges: readonly ShipmentCharge[]): bigint {
  return -charges.reduce((sum, { money }) => sum + toMinor(money), 0n);
}

/** Null where nothing was charged on balance, or the money is of several currencies or of no marketplace. */
export function chargeDraft(claim: ChargeClaim, key: ProductKey): Draft | null {
  const { shipment, charges, about, quantity, known } = claim;
  const [first] = charges.filter(({ money }) => toMinor(money) < 0n);
  if (!first || new Set(charges.map(({ money }) => money.currency)).size > 1) return null;
  const net = netCharged(charges);
  const marketplace = placeOf(first, key);
  if (net <= 0n || !marketplace) return null;
  const total = fromMinor(net, first.money.currency);
  const value: ClaimValue = known
    ? { basis: 'amount_stated', perUnit: quantity === 1 ? total : null, total }
    : UNKNOWN_VALUE;
  return {
    marketplace,
    anchor: [shipment.line.shipmentId, ...about],
    subject: {
      ...subjectOf(shipment.line, key.facts),
      shipmentId: shipment.line.shipmentId,
    },
    startDay: dayOf(first, marketplace),
    statedByAmazon: false,
    quantity,
    value,
    features: { exact_match: 1, noise: known ? 0 : 1, repeats: Math.log2(quantity) },
    allocation: charges.map((charge) => lineOf(charge, marketplace)),
    sources: [
      ...charges.map(({ transaction }) => ({ kind: 'transaction', key: transaction.key })),
      ...shipment.line.sources,
    ],
  };
}

function placeOf(
  { transaction, money }: ShipmentCharge,
  { network }: ProductKey,
): MarketplaceRow | null {
  const { marketplaceId } = transaction.data;
  const named = marketplaces.find(({ id }) => id === marketplaceId);
  const paidIn = marketplacesOf(network).find(({ currency }) => currency === money.currency);
  return named ?? paidIn ?? null;
}

function dayOf({ transaction }: ShipmentCharge, { timeZone }: MarketplaceRow): string {
  const { postedAt, postedDay } = transaction.data;
  return postedAt === null ? postedDay : dayIn(timeZone, new Date(postedAt));
}

function lineOf(charge: ShipmentCharge, marketplace: MarketplaceRow): AllocationLine {
  const minor = toMinor(charge.money);
  const { currency } = charge.money;
  return {
    kind: minor < 0n ? 'charged' : 'refunded',
    day: dayOf(charge, marketplace),
    quantity: 1,
    reference: charge.type,
    facility: null,
    amount: fromMinor(minor < 0n ? -minor : minor, currency),
  };
}
