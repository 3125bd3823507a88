/**
 * Amazon's Data Protection Policy for the Selling Partner API (developer-docs.amazon.com/sp-api, "Data Protection
 * Policy", retention): personal data of a buyer may be kept no longer than 30 days after the order's delivery.
 */
const DAYS_AFTER_DELIVERY = 30;

/** A stretch of time in which Amazon promises a delivery, as its answers give it. */
export interface PromisedWindow {
  readonly earliestDateTime?: string | null | undefined;
  readonly latestDateTime?: string | null | undefined;
}

/**
 * Until when buyer data of an order may be kept. Amazon's orders do not tell when they were delivered. So what counts is
 * the promise of the last parcel, and of that the beginning; without a promise the order itself, before which nothing is
 * delivered. Either is at most the delivery where Amazon keeps its word: the data go rather too early than too late.
 */
export function keptUntil(createdAt: Date, promised: readonly PromisedWindow[]): Date {
  const starts = promised
    .map(({ earliestDateTime, latestDateTime }) =>
      Date.parse(earliestDateTime ?? latestDateTime ?? ''),
    )
    .filter((ms) => Number.isFinite(ms));
  const delivered = Math.max(createdAt.getTime(), ...starts);
  return new Date(delivered + DAYS_AFTER_DELIVERY * 86_400_000);
}
