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
