import { dayIn } from '@recoup/kernel';
import { between, pick, type Random } from '../../random.js';
import { DAY_MS, type Calendar } from '../../world/calendar.js';
import type { CancelledShipment, Delivery } from '../../world/inbound.js';
import { movement, type Disposition, type LedgerRow } from '../../world/ledger-row.js';
import type { Product } from '../../world/product.js';
import type { Reimbursement, ReimbursementReason } from '../../world/reimbursement.js';
import type { Transaction } from '../../world/transaction.js';
import { inboundCharge, type InboundFee } from './inbound-charge.js';

/** What happened to shipments and removals, beside what the world's own rounds of deliveries make. */
export interface Shipped {
  readonly rows: LedgerRow[];
  readonly deliveries: Delivery[];
  readonly cancelled: CancelledShipment[];
  readonly transactions: Transaction[];
  readonly reimbursements: Reimbursement[];
}

export interface ShipmentPlotOptions {
  readonly product: Product;
  /** A second product, for shipments of two. */
  readonly partner: Product;
  readonly day: number;
  readonly random: Random;
  readonly calendar: Calendar;
  /** Tells its numbers from all others of the world. */
  readonly serial: string;
  readonly into: Shipped;
}

/** Hours (UTC) that are on the same day in US Pacific time. */
const WORKING_HOUR = 18;

/** A piece of history for one cause to write on. It has one shipment, or one order, of its own. */
export class ShipmentPlot {
  readonly product: Product;
  readonly partner: Product;
  readonly day: number;
  readonly shipmentId: string;
  readonly removalId: string;
  readonly center: string;
  readonly #options: ShipmentPlotOptions;
  #told = 0;

  constructor(options: ShipmentPlotOptions) {
    const { product, partner, day, random, serial } = options;
    this.#options = options;
    this.product = product;
    this.partner = partner;
    this.day = day;
    this.shipmentId = `FBA15${serial}`;
    this.removalId = `RMV${serial}`;
    this.center = pick(random, product.centers);
  }

  units(low: number, high: number): number {
    return between(this.#options.random, low, high);
  }

  /** When a day begins (UTC): stock is booked then. */
  dayBegins(day: number): number {
    return this.#options.calendar.startMs + day * DAY_MS;
  }

  /** When a day begins in US Pacific time, by which windows are counted. */
  pacificDayBegins(day: number): number {
    const name = this.#options.calendar.name(day);
    const [summer, winter] = [7, 8].map((hour) => this.dayBegins(day) + hour * 3_600_000);
    const isSummer = dayIn('America/Los_Angeles', new Date(summer ?? 0)) === name;
    return (isSummer ? summer : winter) ?? this.dayBegins(day);
  }

  /** When a day has its working hours. */
  msOn(day: number): number {
    return this.dayBegins(day) + WORKING_HOUR * 3_600_000;
  }

  /** Units of a product that are sent with the shipment; nothing more of it is counted from `settledOn` on. */
  send(shipped: number, { settledOn = this.day, product = this.product } = {}): void {
    const { shipmentId, center, day } = this;
    this.#options.into.deliveries.push({ shipmentId, product, center, day, shipped, settledOn });
  }

  receive(
    units: number,
    {
      after = 0,
      disposition = 'SELLABLE',
      product = this.product,
    }: { after?: number; disposition?: Disposition; product?: Product } = {},
  ): void {
    const { shipmentId: referenceId, center } = this;
    this.#write(
      movement({
        ...{ day: this.day + after, product, center, referenceId, quantity: units },
        ...{ eventType: 'Receipts', disposition },
      }),
    );
  }

  /** The shipment is given up on a day before anything of it leaves. */
  cancel(units: number, after: number): void {
    const { shipmentId: id, product, center } = this;
    const cancelledMs = this.msOn(this.day + after);
    this.#options.into.cancelled.push({ id, product, center, units, cancelledMs });
  }

  /** Money for the shipment; below zero it is charged. */
  charge(type: InboundFee, cents: number, after = 0): void {
    const { shipmentId, product } = this;
    const postedMs = this.msOn(this.day + after) + (this.#told += 1) * 60_000;
    this.#options.into.transactions.push(
      inboundCharge({ shipmentId, type, cents, postedMs, marketplace: product.marketplace }),
    );
  }

  pay(reason: ReimbursementReason, units: number, after: number): void {
    const { product } = this;
    this.#options.into.reimbursements.push({
      ...{ ms: this.msOn(this.day + after), id: `95${this.#number}`, caseId: null },
      ...{ orderId: null, reason, product, perUnitCents: product.costCents },
      ...{ cash: units, inventory: 0, originalId: null, originalType: null },
    });
  }

  /** Units that leave stock on the case's day for an order to send them back, some of which never get into a parcel. */
  remove(units: number, lost: number): void {
    const { product, center, day, removalId: referenceId } = this;
    const sent = { carrier: 'UPS', tracking: `TBA9${this.units(10_000_000, 99_999_999)}000` };
    this.#write({
      ...movement({
        ...{ day, product, center, referenceId, quantity: -units },
        ...{ eventType: 'VendorReturns', disposition: 'SELLABLE' },
      }),
      removal: {
        ...{ id: referenceId, type: 'Return', product, disposition: 'SELLABLE', units, lost },
        ...{ requestedMs: this.msOn(day - 6), doneMs: this.dayBegins(day), cancelled: 0 },
        parcels: [{ units: units - lost, ...sent }],
        feeCents: units * 104,
      },
    });
  }

  /** Sellable units that are destroyed, with an order of the seller or without. Returns the row's reference. */
  dispose(units: number, { ordered }: { readonly ordered: boolean }): string {
    const { product, center, day } = this;
    const referenceId = `299${this.#number}`;
    this.#write({
      ...{ day, product, center, referenceId, quantity: -units, reason: 'D' },
      ...{ eventType: 'Adjustments', disposition: 'SELLABLE', reconciled: units, unreconciled: 0 },
      removal: ordered
        ? {
            ...{ id: this.removalId, type: 'Disposal', product, disposition: 'SELLABLE', units },
            ...{
              requestedMs: this.msOn(day - 6),
              doneMs: this.dayBegins(day),
              cancelled: 0,
              lost: 0,
            },
            ...{ parcels: [], feeCents: units * 104 },
          }
        : null,
    });
    return referenceId;
  }

  get #number(): number {
    return parseInt(this.#options.serial, 36);
  }

  #write(row: LedgerRow): void {
    if (row.day < this.#options.calendar.days) this.#options.into.rows.push(row);
  }
}
