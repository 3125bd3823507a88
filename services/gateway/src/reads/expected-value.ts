import { currencyDigits } from '@recoup/kernel';
import type { ClaimTotal } from '../adapters/figure-reads.js';
import { inPhase } from './claim-figures.js';

/**
 * What the open claims of one currency are worth, each weighed by its probability of approval, in minor units. Added as
 * it is and rounded once, half up: rounding claim by claim would make a figure of its own out of many small ones.
 */
export function expectedIn(currency: string, totals: readonly ClaimTotal[]): bigint {
  const own = inPhase(totals, 'open').filter((total) => total.currency === currency);
  const digits = currencyDigits(currency);
  const places = Math.max(digits, ...own.map(({ expected }) => fractionOf(expected).length));
  const sum = own.reduce((all, { expected }) => all + scaled(expected, places), 0n);
  const unit = 10n ** BigInt(places - digits);
  return (sum + unit / 2n) / unit;
}

/** A decimal text, which is never negative here, as a whole number of its last place. */
function scaled(decimal: string, places: number): bigint {
  const [whole = '0'] = decimal.split('.');
  return BigInt(whole + fractionOf(decimal).padEnd(places, '0'));
}

function fractionOf(decimal: string): string {
  return decimal.split('.')[1] ?? '';
}
