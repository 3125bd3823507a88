import type { Calendar } from '../world/calendar.js';
import type { Order, OrderLine } from '../world/order.js';
import { netOf, soldOn } from '../world/order-transactions.js';
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

interface DaySum {
  readonly charges: number;
  readonly cents: number;
}

/**
 * What sales were charged too much, by product and day. Only products whose fees have a history are kept: what is owed at
 * some instant is then known without reading the orders again, of which there may be a million.
 */
export class Overcharges {
  readonly #sums = new Map<string, Map<number, DaySum>>();
  readonly #calendar: Calendar;

  constructor(calendar: Calendar) {
    this.#calendar = calendar;
  }

  /** Notes an order that was shipped: one charge for each line. */
  add(order: Order): void {
    for (const line of order.lines) {
      this.#note('fulfilment_fee', { order, line, cents: tooMuchForFulfilment(order, line) });
      this.#note('referral_fee', { order, line, cents: tooMuchForReferral(order, line) });
    }
  }

  /** Of one product and fee, oldest first, on days before the given one. */
  before(day: number, { fee, sku }: { fee: SaleFee; sku: string }): Overcharge[] {
    return [...(this.#sums.get(`${fee} ${sku}`) ?? [])]
      .filter(([at]) => at < day)
      .sort(([a], [b]) => a - b)
      .map(([at, sum]) => ({ name: this.#calendar.name(at), ...sum }));
  }

  #note(fee: SaleFee, { order, line, cents }: { order: Order; line: OrderLine; cents: number }) {
    if (cents === 0 || order.shippedMs === null) return;
    const key = `${fee} ${line.product.sku}`;
    const day = this.#calendar.dayOf(order.shippedMs);
    const days = this.#sums.get(key) ?? new Map<number, DaySum>();
    const known = days.get(day) ?? { charges: 0, cents: 0 };
    days.set(day, { charges: known.charges + 1, cents: known.cents + cents });
    this.#sums.set(key, days);
  }
}

function tooMuchForFulfilment(order: Order, { product, units }: OrderLine): number {
  if (!product.feeHistory.fulfilment || !order.fulfilledByAmazon) return 0;
  const day = soldOn(order);
  return units * (chargedFulfilmentCents(product, day) - rightFulfilmentCents(product, day));
}

function tooMuchForReferral(order: Order, line: OrderLine): number {
  const { product } = line;
  if (!product.feeHistory.referral) return 0;
  const net = netOf(line);
  return chargedReferralCents(product, net, soldOn(order)) - referralCents(product.group, net);
}
