import {
  dayAtMarketplace,
  expire,
  fromCommand,
  nearDeadline,
  type ClaimState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import type { Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import { takeDeadlineLooks } from '../adapters/followed-claims.js';
import { decideOnClaim } from '../decide-on-claim.js';

export interface WatchDeps {
  readonly pool: Service['pool'];
  readonly store: EventStore;
  readonly clock: Clock;
}

const TOGETHER = 6;

/**
 * Tells that last days come near, and ends claims the day after theirs, in the calendar of their marketplace, whether a
 * detection runs or not. Answers whether there was any to think of.
 */
export async function watchDeadlines({ pool, store, clock }: WatchDeps): Promise<boolean> {
  const now = clock.now();
  const claims = await takeDeadlineLooks(pool, { now, limit: TOGETHER });
  const cause = fromCommand('service:evidence', now);
  const decide = (claim: ClaimState) => {
    const today = dayAtMarketplace(claim.subject.marketplaceId, now);
    if (today === null) return { events: [] };
    const over = expire(claim, { today, cause });
    return { events: over.length > 0 ? over : nearDeadline(claim, { today, cause }) };
  };
  await Promise.all(claims.map((claim) => decideOnClaim(store, claim, decide)));
  return claims.length > 0;
}
