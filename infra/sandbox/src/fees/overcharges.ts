import type { Calendar } from '../world/calendar.js';
import type { Order, OrderLine } from '../world/order.js';
import { netOf, soldOn } from '../world/order-transactions.js';
import { moneyBackOf, netOfUnits } from '../world/refund-transactions.js';
import { chargedFulfilmentCents, chargedReferralCents, rightFulfilmentCents } from './charges.js';
import { referralCents } from './referral-fee.js';

/** What a product was charged too much on one day, or by one month's storage. */
export interface Overcharge {
  /** `YYYY-MM-DD`, of storage the month. */
  readonly name: string;
  readonly charges: number;
  readonly cents: number;
}

export type SaleFee = 'fulfilment_fee' | 'referral_fee';

/** One line of an order that was charged too much. */
export interface OverchargedLine {
  /** When it was shipped and charged. */
  readonly ms: number;
  readonly cents: number;
  /** What of it went back with the commission of refunds, and when. */
  readonly back: readonly { readonly ms: number; readonly cents: number }[];
}

/**
 * What sales were charged too much, by product. Only products whose fees have a history are kept: what is owed at some
 * instant is then known without reading the orders again, of which there may be a million.
 */
export class Overcharges {
  readonly #lines = new Map<string, OverchargedLine[]>();
  readonly #calendar: Calendar;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  /** Notes an order that was shipped: one charge for each line. */
  add(order: Order): void {
    order.lines.forEach((line, at) => {
      this.#note('fulfilment_fee', order, {
        line,
        cents: tooMuchForFulfilment(order, line),
        back: [],
      });
      // Only units of the first line are ever refunded.
      const back = at === 0 ? tooMuchGivenBack(order, line) : [];
      this.#note('referral_fee', order, { line, cents: tooMuchForReferral(order, line), back });
    });
  }

  /** Of one product and fee by day, oldest first, on days before the given one. */
  before(day: number, about: { fee: SaleFee; sku: string }): Overcharge[] {
    const sums = new Map<number, Overcharge>();
    for (const { ms, cents } of this.linesBefore(day, about)) {
      const at = this.#calendar.dayOf(ms);
      const known = sums.get(at) ?? { name: this.#calendar.name(at), charges: 0, cents: 0 };
      sums.set(at, { ...known, charges: known.charges + 1, cents: known.cents + cents });
    }
    return [...sums].sort(([a], [b]) => a - b).map(([, sum]) => sum);
  }

  /** Line by line, on days before the given one. */
  linesBefore(day: number, { fee, sku }: { fee: SaleFee; sku: string }): OverchargedLine[] {
    const lines = this.#lines.get(`${fee} ${sku}`) ?? [];
    return lines.filter(({ ms }) => this.#calendar.dayOf(ms) < day);
  }

  #note(fee: SaleFee, { shippedMs }: Order, { line, cents, back }: Noted) {
    if (cents === 0 || shippedMs === null) return;
    const key = `${fee} ${line.product.sku}`;
    const lines = this.#lines.get(key) ?? [];
    lines.push({ ms: shippedMs, cents, back });
    this.#lines.set(key, lines);
  }
}

interface Noted extends Pick<OverchargedLine, 'cents' | 'back'> {
  readonly line: OrderLine;
}

function tooMuchForFulfilment(order: Order, { product, units }: OrderLine): number {
  if (!product.feeHistory.fulfilment || !order.fulfilledByAmazon) return 0;
  const day = soldOn(order);
  return units * (chargedFulfilmentCents(product, day) - rightFulfilmentCents(product, day));
}

function tooMuchForReferral(order: Order, line: OrderLine): number {
  return line.product.feeHistory.referral ? tooMuchOn(netOf(line), order, line) : 0;
}

/** A refund gives the commission back as it was charged: with what was too much of it. */
function tooMuchGivenBack(order: Order, line: OrderLine): OverchargedLine['back'] {
  if (!line.product.feeHistory.referral) return [];
  return moneyBackOf(order).map(({ ms, units }) => ({
    ms,
    cents: tooMuchOn(netOfUnits(line, units), order, line),
  }));
}

function tooMuchOn(net: number, order: Order, { product }: OrderLine): number {
  return chargedReferralCents(product, net, soldOn(order)) - referralCents(product.group, net);
}
