import type { OwnCalibration, SyncResource } from '@recoup/contracts';
import { dayIn } from '@recoup/kernel';
import type { MarketplaceRow } from '@recoup/domain';
import type { LossAssertion } from './assertions.js';
import type { Catalogue } from './catalogue.js';
import type { CustomerReturn } from './facts.js';
import { stateOf, type SyncCoverage } from './coverage.js';
import { eligibilityFor } from './policies/eligibility.js';
import type { Costs } from './value/costs.js';

/** What every detector knows besides the facts of its key. */
export interface Context {
  readonly tenantId: string;
  /** Claims are judged as of this instant, in the calendar of each marketplace. */
  readonly asOf: Date;
  readonly coverage: SyncCoverage;
  /** What the seller said that its products cost. */
  readonly costs: Costs;
  /** Returns that Amazon booked for an order and never put into stock, by order; filled while products are looked at. */
  readonly lostReturns: ReadonlyMap<string, readonly CustomerReturn[]>;
  /** What products are called, by SKU; learned while products are looked at. */
  readonly catalogue: Catalogue;
  /** What a person said of units that no report tells. */
  readonly assertions: readonly LossAssertion[];
  /** The policy for a loss of a day; left out, by the published rows. */
  readonly eligibility?: typeof eligibilityFor;
  /** What this seller's own decided claims move of its scores; absent where they move nothing. */
  readonly own?: OwnCalibration;
}

/** Today, where the marketplace is. */
export function todayAt({ timeZone }: MarketplaceRow, { asOf }: Context): string {
  return dayIn(timeZone, asOf);
}

/** The policies to judge by: the published rows, or what stands in their place. */
export function policyFor({ eligibility }: Context): typeof eligibilityFor {
  return eligibility ?? eligibilityFor;
}

/** Whether all of these sources were read whole. */
export function allComplete(sources: readonly SyncResource[], { coverage }: Context): boolean {
  return sources.every((source) => stateOf(source, coverage) === 'complete');
}
