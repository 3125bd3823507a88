import type { Money } from '@recoup/kernel';

/** `22.50 USD`: as it stands in Amazon's own reports, and the same in every language. */
export function moneyText({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
