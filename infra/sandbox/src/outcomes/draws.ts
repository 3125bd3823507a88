import type { Random } from '../random.js';

/** A draw from the normal distribution with mean 0 and standard deviation 1 (Box and Muller). */
export function gauss(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}

/** Days that something takes: lognormal, so that a few take very long. */
export function lastingDays(
  { medianDays, spread }: { readonly medianDays: number; readonly spread: number },
  random: Random,
): number {
  return medianDays * Math.exp(spread * gauss(random));
}
