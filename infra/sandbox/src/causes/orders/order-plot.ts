import { chargedFulfilmentCents, chargedReferralCents } from '../../fees/charges.js';
import { between, type Random } from '../../random.js';
import { DAY_MS, type Calendar } from '../../world/calendar.js';
import { movement, type LedgerRow } from '../../world/ledger-row.js';
import { netOf, soldOn } from '../../world/order-transactions.js';
import type { Order, OrderLine } from '../../world/order.js';
import { refundOf, type RefundPart } from '../../world/refund-transactions.js';
import type { Reimbursement, ReimbursementReason } from '../../world/reimbursement.js';
import { replacementIdOf } from '../../world/replacement-id.js';
import type { Transaction } from '../../world/transaction.js';

/** What causes made of orders. */
export interface OrderEvents {
  readonly rows: LedgerRow[];
  /** Returns that no ledger took in. */
  readonly unbooked: LedgerRow[];
  readonly transactions: Transaction[];
  readonly reimbursements: Reimbursement[];
}

export interface GivenBack {
  readonly after: number;
  readonly units: number;
  /** What Amazon took over never reaches the seller's stock. */
  readonly disposition?: 'SELLABLE' | 'DAMAGED' | 'CARRIER_DAMAGED';
  /** Whether a shelf took it in; so unless said, of what is sellable. */
  readonly booked?: boolean;
  /** Under the number of the order that replaced it, or as a product that is sold on as used. */
  readonly as?: 'replacement' | 'graded';
}

/** An order for one cause to write on. Days count from its shipment; instants are answered. */
export interface OrderPlot {
  readonly line: OrderLine;
  readonly random: Random;
  /** What a unit was sold for, less its fees. */
  readonly netCents: number;
  refund(given: { after: number; units: number; part?: RefundPart }): number;
  giveBack(given: GivenBack): number;
  replace(given: { after: number; reason: number }): number;
  /** Pays what is left of the price unless said; answers when. */
  pay(given: { after: number; units: number; reason: ReimbursementReason; cents?: number }): number;
}

export interface OrderPlotOptions {
  readonly order: Order;
  readonly orderId: string;
  readonly line: OrderLine;
  readonly random: Random;
  readonly calendar: Calendar;
  readonly events: OrderEvents;
}

export function openOrderPlot(options: OrderPlotOptions): OrderPlot {
  const { order, orderId, line, random, calendar, events } = options;
  const { product } = line;
  let serial = 0;
  const at = (after: number) => instantOf(order, after, random);
  const netCents = netCentsOf(order, line);
  return {
    line,
    random,
    netCents,
    refund({ after, units, part = 'whole' }) {
      const ms = after < 0 ? (order.shippedMs ?? 0) - 3_600_000 : at(after);
      const given = { line, units, part, ms, serial: (serial += 1) };
      events.transactions.push(refundOf(order, orderId, given));
      return ms;
    },
    giveBack({ after, units, disposition = 'SELLABLE', booked = true, as }) {
      const ms = at(after);
      const row = movement({
        ...{ day: calendar.dayOf(ms), ms, order: order.n, product },
        eventType: 'CustomerReturns',
        referenceId: `${75_000_000_000_000 + order.n * 8 + (serial += 1)}`,
        quantity: units,
        center: line.center,
        disposition,
        ...returnedAs(as, orderId, line),
      });
      const takenIn = booked && disposition === 'SELLABLE' && as !== 'graded';
      if (row.day < calendar.days) (takenIn ? events.rows : events.unbooked).push(row);
      return ms;
    },
    replace({ after, reason }) {
      const day = calendar.dayOf(order.shippedMs ?? 0) + after;
      const ms = calendar.startMs + day * DAY_MS + NOON_MS;
      const row = movement({
        ...{ day, ms, product },
        eventType: 'CustomerShipments',
        referenceId: `${60_000_000_000_000 + order.n}`,
        quantity: -1,
        center: line.center,
        disposition: 'SELLABLE',
        replaces: { order: order.n, center: line.center, reason },
      });
      if (day < calendar.days) events.rows.push(row);
      return ms;
    },
    pay({ after, units, reason, cents = netCents }) {
      const ms = at(after);
      events.reimbursements.push({
        ...{ ms, id: `${8_800_000_000_000 + order.n * 8 + (serial += 1)}` },
        ...{ caseId: null, orderId, reason, product },
        ...{ perUnitCents: cents, cash: units, inventory: 0 },
        ...{ originalId: null, originalType: null },
      });
      return ms;
    },
  };
}

/** What is left of the price of a unit, in whole cents for each. */
export function netCentsOf(order: Order, line: OrderLine): number {
  const day = soldOn(order);
  const fulfilment = chargedFulfilmentCents(line.product, day) * line.units;
  const referral = chargedReferralCents(line.product, netOf(line), day);
  return Math.floor((netOf(line) - referral - fulfilment) / line.units);
}

/** Late on a UTC day, when it is the same day where the stores are. */
const NOON_MS = 20 * 3_600_000;

function instantOf({ shippedMs }: Order, after: number, random: Random): number {
  const day = Math.floor((shippedMs ?? 0) / DAY_MS) + after;
  return day * DAY_MS + between(random, 18 * 3_600, 23 * 3_600) * 1_000;
}

function returnedAs(
  as: GivenBack['as'],
  orderId: string,
  { product }: OrderLine,
): Pick<LedgerRow, 'returnedAs'> {
  if (as === 'replacement') return { returnedAs: { orderId: replacementIdOf(orderId) } };
  if (as !== 'graded') return {};
  const sku = `amzn.gr.${product.sku}-G1`;
  return { returnedAs: { sku, fnsku: product.fnsku.replace(/^X/, 'G') } };
}
