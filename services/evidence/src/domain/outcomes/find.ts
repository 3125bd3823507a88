import { daysBetween } from '@recoup/kernel';

/** Days before and after a reversal within which a find in the ledger explains it. */
const WITHIN_DAYS = 30;

/** Why a payment was taken back, as far as the ledger tells: the find that is nearest to it in time, or that there is none. */
export function whyTakenBack(day: string, finds: readonly string[]): string {
  const distance = (find: string): number => Math.abs(daysBetween(find, day));
  const [nearest] = finds
    .filter((find) => distance(find) <= WITHIN_DAYS)
    .toSorted((a, b) => distance(a) - distance(b));
  return nearest === undefined
    ? `The ledger shows no find of the units within ${WITHIN_DAYS} days.`
    : `Units of the product were found on ${nearest}.`;
}
