import { UnexpectedAnswer } from '../amazon/errors.js';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * An amount as a decimal string. Finances gives numbers where orders give strings: a number is written out with the
 * fewest digits that mean it, which is what Amazon sent. Throws UnexpectedAnswer for anything else.
 */
export function decimalOf(value: number | string, what: string): string {
  const text = typeof value === 'number' ? written(value) : value.trim();
  if (!DECIMAL.test(text)) throw new UnexpectedAnswer(`${what} is no amount: ${value}`);
  return text;
}

/** JavaScript writes very small and very large numbers with an exponent; a decimal string has none. */
function written(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** The exact sum of decimal strings, in the fewest digits that mean it. */
export function sumOfDecimals(decimals: readonly string[]): string {
  const places = Math.max(0, ...decimals.map((one) => (one.split('.')[1] ?? '').length));
  const sum = decimals.reduce((total, one) => total + scaled(one, places), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const fraction = digits.slice(cut).replace(/0+$/, '');
  const text = fraction === '' ? digits.slice(0, cut) : `${digits.slice(0, cut)}.${fraction}`;
  return sum < 0n ? `-${text}` : text;
}

function scaled(decimal: string, places: number): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(places, '0'));
}
