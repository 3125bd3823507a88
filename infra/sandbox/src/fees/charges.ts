import type { Product } from '../world/product.js';
import { fulfilmentCents } from './fulfilment-fee.js';
import { volumeOf, type Measure } from './measure.js';
import { referralCents, referralRate } from './referral-fee.js';

/** From a day on and until another (`YYYY-MM-DD`, not included); null goes on for ever. */
interface Span {
  readonly from: string;
  readonly to: string | null;
}

/** Where a product's fees are not simply what the card takes for its size of today. */
export interface FeeHistory {
  /** The size that Amazon had measured, rightly, before it measured the product anew. */
  readonly measuredBefore?: { readonly until: string; readonly measure: Measure };
  /** Shipping charged as if of another size than Amazon itself states. */
  readonly fulfilment?: Span & { readonly measure: Measure };
  /** A month (`YYYY-MM`) of storage charged for so many times the volume. */
  readonly storage?: { readonly month: string; readonly times: number };
  /** A commission of so many thousandths instead of the product group's. */
  readonly referral?: Span & { readonly perMille: number };
}

/** The size that Amazon states for a product on a day. */
export function measureOn({ measure, feeHistory }: Product, day: string): Measure {
  const before = feeHistory.measuredBefore;
  return before && day < before.until ? before.measure : measure;
}

/** The fee that the card takes for one unit, by the size that Amazon states on that day. */
export function rightFulfilmentCents(product: Product, day: string): number {
  return fulfilmentCents(measureOn(product, day), product.marketplace.countryCode, day);
}

/** The fee that was charged for one unit shipped on that day. */
export function chargedFulfilmentCents(product: Product, day: string): number {
  const { fulfilment } = product.feeHistory;
  if (!within(fulfilment, day)) return rightFulfilmentCents(product, day);
  return fulfilmentCents(fulfilment.measure, product.marketplace.countryCode, day);
}

/** The commission that was charged on an amount sold on that day. */
export function chargedReferralCents(product: Product, cents: number, day: string): number {
  const { referral } = product.feeHistory;
  const rate = within(referral, day) ? referral.perMille : referralRate(product.group);
  return referralCents(product.group, cents, rate);
}

/** Ten-thousandths of a cubic foot that storage was charged for. */
export function chargedVolume(product: Product, month: string, measure: Measure): number {
  const { storage } = product.feeHistory;
  return volumeOf(measure) * (storage?.month === month ? storage.times : 1);
}

function within<T extends Span>(span: T | undefined, day: string): span is T {
  return span !== undefined && day >= span.from && (span.to === null || day < span.to);
}
