import type { Random } from '../random.js';
import { DAYS, type Calendar } from '../world/calendar.js';
import { decimal } from '../world/amount.js';
import { claimDayBegins } from '../world/claim-days.js';
import type { LedgerRow } from '../world/ledger-row.js';
import type { Reimbursement } from '../world/reimbursement.js';
import type { Serials } from '../world/serials.js';
import type { Outcome, PlantedClaim, PlantedCost, StockSubtype } from './cause.js';
import { costWord, type SellersWord } from './sellers-word.js';
import type { OrderSubtype } from './orders/order-cause.js';
import type { ShipmentSubtype } from './shipments/shipment-cause.js';
import { openPlot } from './plot.js';
import type { Appointment } from './schedule.js';

export interface TrueClaim {
  readonly subtype: StockSubtype | OrderSubtype | ShipmentSubtype;
  readonly marketplaceId: string;
  readonly fnsku: string;
  readonly sku: string;
  readonly units: number;
  readonly lossDay: string;
  /** Where it is about a shipment to Amazon, or about a removal order. */
  readonly shipmentId?: string;
  readonly removalOrderId?: string;
  /**
   * What the rows that tell of it refer to: of the ledger's that lost the units, of the shipment's, of the order's,
   * or the reimbursement. */
  readonly referenceIds: readonly string[];
  /** What Amazon owes for one, where its own earlier payments or the sale tell, or what it charged; else null. */
  readonly unitValue: { readonly amount: string; readonly currency: string } | null;
  readonly cause: string;
  /** The order that it is about, if it is about one. */
  readonly orderId?: string;
  /** The instant (ISO 8601, UTC) from which Amazon states the units as open, or its window is. */
  readonly claimableFrom: string;
  /** The last day on which it can be claimed, in the marketplace's own calendar. */
  readonly claimableUntil: string;
  /** What the seller has to tell before anything shows it, if so. */
  readonly word?: SellersWord;
}

export interface LookAlike {
  readonly fnsku: string;
  readonly cause: string;
  readonly referenceIds: readonly string[];
  readonly why: string;
  readonly orderId?: string;
  /** The day of its first row. */
  readonly since: string;
  /** What the seller tells that makes it look like a claim, if so. */
  readonly word?: SellersWord;
}

/** Days for which a loss in a fulfilment centre can be claimed (Amazon's announcement of 2024-10-23, US and Canada). */
const WINDOW_DAYS = 60;

export interface Planted {
  readonly rows: LedgerRow[];
  readonly reimbursements: Reimbursement[];
  readonly claims: TrueClaim[];
  readonly lookAlikes: LookAlike[];
}

export interface PlantTools {
  readonly random: Random;
  readonly calendar: Calendar;
  readonly serials: Serials;
}

/** Lets every appointed cause happen and keeps what it says about itself. */
export function plant(appointments: readonly Appointment[], tools: PlantTools): Planted {
  const planted: Planted = { rows: [], reimbursements: [], claims: [], lookAlikes: [] };
  const { rows, reimbursements } = planted;
  for (const appointment of appointments) {
    const { product, partner, day } = appointment;
    // A case that is lived through is in research until its last row. Those of the history are over, and long stated.
    const statedFrom = day < DAYS ? undefined : statedOn(appointment);
    const plot = openPlot({ ...tools, product, partner, day, rows, reimbursements, statedFrom });
    keep(planted, appointment, {
      outcome: appointment.cause.plant(plot),
      calendar: tools.calendar,
    });
  }
  return planted;
}

/** The day on which a case is over. */
function statedOn({ day, cause }: Appointment): number {
  return day + cause.span + 1;
}

/** When the case is over and Amazon states it; where it never does, the day on which the case has waited long enough. */
function claimableFrom(
  { day, opensAfter }: PlantedClaim,
  appointment: Appointment,
  calendar: Calendar,
): string {
  if (opensAfter === undefined) return `${calendar.name(statedOn(appointment))}T00:00:00.000Z`;
  return claimDayBegins(calendar.name(day + opensAfter));
}

function keep(
  planted: Planted,
  appointment: Appointment,
  { outcome, calendar }: { outcome: Outcome; calendar: Calendar },
): void {
  const { cause, product, paidBefore } = appointment;
  const { fnsku, sku, marketplace, costCents } = product;
  const valueOf = ({ unitCents = paidBefore ? costCents : undefined }: PlantedClaim) =>
    unitCents === undefined ? null : { amount: decimal(unitCents), currency: marketplace.currency };
  const said = (cost: PlantedCost | undefined) =>
    cost && {
      word: costWord(product, { cents: cost.cents, effectiveFrom: calendar.name(cost.from) }),
    };
  for (const claim of outcome.claims ?? []) {
    const { subtype, units, day, referenceIds } = claim;
    planted.claims.push({
      ...{ subtype, marketplaceId: marketplace.id, fnsku, sku, units, referenceIds },
      unitValue: valueOf(claim),
      lossDay: calendar.name(day),
      cause: cause.name,
      claimableFrom: claimableFrom(claim, appointment, calendar),
      claimableUntil: calendar.name(day + WINDOW_DAYS),
      ...said(claim.cost),
    });
  }
  for (const { referenceIds, why, cost } of outcome.lookAlikes ?? []) {
    planted.lookAlikes.push({
      ...{ fnsku, cause: cause.name, referenceIds, why },
      since: calendar.name(appointment.day),
      ...said(cost),
    });
  }
}
