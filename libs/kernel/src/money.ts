import { AppError } from './errors.js';

/** An exact amount: a decimal string in major units (`"12.34"`) and its ISO 4217 currency. Never a float. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export class BadAmount extends AppError {
  readonly code = 'BAD_AMOUNT';
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Decimal places of a currency (JPY 0, USD 2, KWD 3), from the platform's own ISO 4217 table. */
export function currencyDigits(currency: string): number {
  const known = digitsOf.get(currency) ?? lookUpDigits(currency);
  digitsOf.set(currency, known);
  return known;
}

/** Making a formatter takes far longer than all arithmetic here. */
const digitsOf = new Map<string, number>();

function lookUpDigits(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch (cause) {
    throw new BadAmount(`not a currency code: ${currency}`, { cause });
  }
}

/** Minor units (cents) of a decimal amount. Throws BadAmount when it has more places than its currency. */
export function toMinor({ amount, currency }: Money): bigint {
  const parts = DECIMAL.exec(amount);
  const digits = currencyDigits(currency);
  const fraction = parts?.[3] ?? '';
  if (!parts || /[^0]/.test(fraction.slice(digits))) {
    throw new BadAmount(`not an amount in ${currency}: ${amount}`);
  }
  const units = BigInt(`${parts[2]}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  return parts[1] === '-' ? -units : units;
}

/** Minor units of a decimal amount; null where it is unknown, no number, or finer than its currency. */
export function minorOf(amount: string | null, currency: string): bigint | null {
  if (amount === null) return null;
  try {
    return toMinor({ amount, currency });
  } catch (error) {
    if (error instanceof BadAmount) return null;
    throw error;
  }
}

/** The decimal amount of minor units. */
export function fromMinor(minor: bigint, currency: string): Money {
  const digits = currencyDigits(currency);
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  const amount = digits === 0 ? text : `${text.slice(0, cut)}.${text.slice(cut)}`;
  return { amount: minor < 0n ? `-${amount}` : amount, currency };
}

/** A money times a whole number of units. */
export function times(money: Money, units: number): Money {
  return fromMinor(toMinor(money) * BigInt(units), money.currency);
}

/** Adds amounts, each currency on its own: currencies are never added together. */
export function sumByCurrency(amounts: Iterable<Money>): Money[] {
  const sums = new Map<string, bigint>();
  for (const money of amounts) {
    sums.set(money.currency, (sums.get(money.currency) ?? 0n) + toMinor(money));
  }
  return [...sums].map(([currency, minor]) => fromMinor(minor, currency));
}
