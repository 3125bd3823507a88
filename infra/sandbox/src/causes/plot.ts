import { between, pick, type Random } from '../random.js';
import { DAY_MS, type Calendar } from '../world/calendar.js';
import { centersOf } from '../world/fulfillment-centers.js';
import { movement, type Disposition, type LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import type { Reimbursement, ReimbursementReason } from '../world/reimbursement.js';
import type { Serials } from '../world/serials.js';

export interface Adjustment {
  /** Days after the start of the case. */
  readonly after: number;
  readonly reason: string;
  readonly quantity: number;
  /** How much of it is still open at the anchor; 0 unless said. */
  readonly open?: number;
  /** How much of it is settled; all that is not open unless said. */
  readonly settled?: number;
  readonly center?: string;
  readonly disposition?: Disposition;
  readonly product?: Product;
}

export interface Payment {
  readonly after: number;
  readonly reason: ReimbursementReason;
  readonly cash?: number;
  readonly inventory?: number;
  readonly reverses?: Reimbursement;
  /** Days until its money is credited; null where it never is. */
  readonly creditedAfter?: number | null;
  /** For each unit; all that it costs unless said. */
  readonly perUnitCents?: number;
}

/** A piece of a product's history for one cause to write on. */
export interface Plot {
  readonly product: Product;
  /** A second product, for causes that move stock between two. */
  readonly partner: Product | undefined;
  readonly day: number;
  readonly random: Random;
  readonly center: string;
  readonly otherCenters: readonly string[];
  units(low: number, high: number): number;
  /** Writes an adjustment; returns its reference id. */
  adjust(adjustment: Adjustment): string;
  pay(payment: Payment): Reimbursement;
  /** Sends units to another centre; returns the reference id. What arrives there is another row. */
  send(move: { readonly after: number; readonly units: number }): string;
}

export interface PlotOptions {
  readonly product: Product;
  readonly partner?: Product | undefined;
  readonly day: number;
  readonly random: Random;
  readonly calendar: Calendar;
  readonly serials: Serials;
  readonly rows: LedgerRow[];
  readonly reimbursements: Reimbursement[];
  /** The day from which Amazon states what is settled and open; at once unless said. */
  readonly statedFrom?: number | undefined;
}

export function openPlot(options: PlotOptions): Plot {
  const { product, partner, day, random, rows, reimbursements, serials } = options;
  const center = pick(random, product.centers);
  const others = centersOf(product.marketplace.countryCode).filter((name) => name !== center);
  return {
    product,
    partner,
    day,
    random,
    center,
    otherCenters: others,
    units: (low, high) => between(random, low, high),
    adjust: (adjustment) => {
      const row = adjustmentRow(adjustment, { ...options, center });
      rows.push(row);
      return row.referenceId;
    },
    pay: (payment) => {
      const row = paymentRow(payment, serials.reimbursement(), options);
      reimbursements.push(row);
      return row;
    },
    send: ({ after, units }) => {
      const referenceId = serials.reference();
      rows.push(
        movement({
          ...{ day: day + after, product, referenceId, quantity: -units, center },
          eventType: 'WhseTransfers',
          disposition: 'SELLABLE',
        }),
      );
      return referenceId;
    },
  };
}

function adjustmentRow(
  { after, reason, quantity, open = 0, settled, center, disposition, product }: Adjustment,
  plot: PlotOptions & { readonly center: string },
): LedgerRow {
  return {
    day: plot.day + after,
    product: product ?? plot.product,
    eventType: 'Adjustments',
    referenceId: plot.serials.reference(),
    quantity,
    center: center ?? plot.center,
    disposition: disposition ?? 'SELLABLE',
    reason,
    reconciled: settled ?? Math.abs(quantity) - open,
    unreconciled: open,
    ...(plot.statedFrom === undefined ? {} : { statedFrom: plot.statedFrom }),
  };
}

function paymentRow(
  payment: Payment,
  id: string,
  { product, day, random, calendar }: PlotOptions,
): Reimbursement {
  const { after, reason, cash = 0, inventory = 0, reverses, creditedAfter = 0 } = payment;
  const { perUnitCents = product.costCents } = payment;
  const secondOfDay = between(random, 8 * 3_600, 20 * 3_600);
  return {
    ms: calendar.startMs + (day + after) * DAY_MS + secondOfDay * 1_000,
    id,
    caseId: null,
    orderId: null,
    reason,
    product,
    perUnitCents: cash === 0 ? 0 : perUnitCents,
    cash,
    inventory,
    originalId: reverses?.id ?? null,
    originalType: reverses?.reason ?? null,
    creditedAfter,
  };
}
