import { LEAST_REFERRAL_CENTS, REFERRAL_RATES } from './rate-card.js';

/** Thousandths of the price that the card takes for a product group. */
export function referralRate(group: string): number {
  const rate = REFERRAL_RATES[group];
  if (rate === undefined) throw new RangeError(`the card has no referral rate for ${group}`);
  return rate;
}

/** The referral fee on a price, in cents; `perMille` is the group's rate unless another was charged. */
export function referralCents(
  group: string,
  cents: number,
  perMille = referralRate(group),
): number {
  return Math.max(LEAST_REFERRAL_CENTS, Math.round((cents * perMille) / 1_000));
}
