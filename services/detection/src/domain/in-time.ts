import type { MarketplaceRow } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import { policyFor, todayAt, type Context } from './context.js';
import type { PolicyCase } from './policies/eligibility.js';

/** What happened on a day, in a store, that could be claimed as such a case. */
export interface Happened {
  readonly marketplace: MarketplaceRow;
  readonly what: PolicyCase['subtype'];
  readonly day: string;
}

/** Whether its own window has not closed yet. Without a policy nothing can be claimed, so that it is not in time. */
export function isInTime({ marketplace, what, day }: Happened, context: Context): boolean {
  const policy = policyFor(context)(marketplace.network, what, day);
  return policy !== null && todayAt(marketplace, context) <= addDays(day, policy.windowDays);
}
