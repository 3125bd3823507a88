import type { OrderItemFact } from '@recoup/contracts';
import { BadAmount, fromMinor, sumByCurrency, toMinor, type Money } from '@recoup/kernel';
import { UnexpectedAnswer } from '../amazon/errors.js';
import { decimalOf } from './decimal.js';

/** The kinds of charge that every route tells; what else Amazon lists stays in its own words only. */
const KINDS = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'TAX', 'DISCOUNT'] as const;
type ChargeKind = (typeof KINDS)[number];

/** A part of what the buyer pays for a line; null where a route leaves it out. */
export interface Charge {
  readonly kind: ChargeKind;
  readonly money: Money | null;
}

/**
 * An amount as Amazon writes it, with the digits of its currency, so that `20`, `20.0` and `20.00` are one amount. Throws
 * UnexpectedAnswer for what is none.
 */
export function moneyOf(amount: string, currency: string): Money {
  try {
    const exact = { amount: decimalOf(amount, 'an amount of an order'), currency };
    return fromMinor(toMinor(exact), currency);
  } catch (cause) {
    if (cause instanceof BadAmount) throw new UnexpectedAnswer(cause.message, { cause });
    throw cause;
  }
}

/**
 * Charges as a fact keeps them: summed by kind, zeros left out, discounts negative whichever sign a route gives them.
 * Null without a price of the item: Amazon has not told what the line costs.
 */
export function proceedsOf(charges: readonly Charge[]): OrderItemFact['proceeds'] {
  if (!charges.some(({ kind, money }) => kind === 'ITEM' && money)) return null;
  return KINDS.flatMap((kind) => {
    const parts = charges.flatMap((charge) =>
      charge.kind === kind && charge.money ? signed(kind, charge.money) : [],
    );
    return sumByCurrency(parts)
      .filter((sum) => kind === 'ITEM' || toMinor(sum) !== 0n)
      .map((subtotal) => ({ type: kind, subtotal }));
  });
}

function signed(kind: ChargeKind, money: Money): Money {
  const minor = toMinor(money);
  return kind === 'DISCOUNT' && minor > 0n ? fromMinor(-minor, money.currency) : money;
}

/** The price of one unit, where a route tells that of the line; null where it does not divide. */
export function unitPriceOf(line: Money | null, quantity: number | null): Money | null {
  if (!line || !quantity) return null;
  const minor = toMinor(line);
  const units = BigInt(quantity);
  return minor % units === 0n ? fromMinor(minor / units, line.currency) : null;
}
