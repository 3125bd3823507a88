import { chargedFulfilmentCents, chargedReferralCents } from '../fees/charges.js';
import { DAY_MS, type Calendar } from './calendar.js';
import type { OrderBook } from './order-book.js';
import { soldOn } from './order-transactions.js';
import type { Order } from './order.js';
import type { Product } from './product.js';
import type { Reimbursement } from './reimbursement.js';
import type { Serials } from './serials.js';

export interface ReturnPaymentOptions {
  readonly book: OrderBook;
  readonly calendar: Calendar;
  readonly returnedOn: readonly (readonly number[])[];
  readonly serials: Serials;
  /** Products whose losses are claims: paid for an order here, they would seem to have a known cost. */
  readonly without: ReadonlySet<string>;
}

/** Days between a return and what Amazon pays for it. */
const PAID_AFTER = 5;

/** What Amazon pays for some returns that came back damaged: by order, at the sale price less fees where that leaves any. */
export function returnPayments(options: ReturnPaymentOptions): Reimbursement[] {
  const { book, calendar, returnedOn, serials, without } = options;
  return returnedOn
    .flat()
    .filter((n) => n % 5 === 0)
    .map((n) => book.at(n))
    .filter((order) => isPaid(order, calendar.endMs) && !without.has(fnskuOf(order)))
    .flatMap((order) => {
      const line = order.lines[0];
      if (!line || !order.returned) return [];
      const net = line.unitCents - Math.round(line.discountCents / line.units);
      const perUnitCents = net - feesOf(order, line.product, net);
      if (perUnitCents <= 0) return [];
      return [
        {
          ms: order.returned.ms + PAID_AFTER * DAY_MS,
          id: serials.reimbursement(),
          caseId: null,
          orderId: book.idOf(order),
          reason: 'CustomerReturn' as const,
          product: line.product,
          perUnitCents,
          cash: order.returned.units,
          inventory: 0,
          originalId: null,
          originalType: null,
        },
      ];
    });
}

function isPaid({ returned }: Order, endMs: number): boolean {
  return returned?.disposition === 'CUSTOMER_DAMAGED' && returned.ms + PAID_AFTER * DAY_MS < endMs;
}

/** What the sale of one unit had been charged. */
function feesOf(order: Order, product: Product, net: number): number {
  const day = soldOn(order);
  return chargedReferralCents(product, net, day) + chargedFulfilmentCents(product, day);
}

function fnskuOf(order: Order): string {
  return order.lines[0]?.product.fnsku ?? '';
}
