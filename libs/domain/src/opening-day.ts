import type { Validation } from './claim-route.js';
import type { ClaimState } from './claim-state.js';
import { awaitsFiling } from './claim-status.js';
import { outsideWindow } from './claim-window.js';
import { dayAtMarketplace, dayBegins } from './marketplaces.js';

/**
 * Whether nothing but the calendar keeps a claim from being filed: its window opens on a later day. It waits for that day by
 * itself, and no person is asked to.
 */
export function waitsForOpening(
  claim: Pick<ClaimState, 'opensOn' | 'deadline'>,
  { complianceReasons }: Pick<Validation, 'complianceReasons'>,
  today: string | null,
): boolean {
  return outsideWindow(claim, today)?.code === 'too_early' && complianceReasons.length === 1;
}

/**
 * The instant at which a claim's first day begins where its marketplace is, to the quarter of an hour that every calendar
 * keeps; null once it has begun, for a claim that waits for nothing, and where the calendar is not known.
 */
export function openingInstant(claim: ClaimState, now: Date): Date | null {
  const { subject, opensOn } = claim;
  const today = dayAtMarketplace(subject.marketplaceId, now);
  if (!awaitsFiling(claim) || today === null || today >= opensOn) return null;
  return dayBegins(subject.marketplaceId, opensOn);
}
