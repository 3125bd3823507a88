import {
  awaitsFiling,
  dayAtMarketplace,
  outsideWindow,
  type ClaimState,
  type Validation,
} from '@recoup/domain';

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

const QUARTER_OF_AN_HOUR = 900_000;
/** No calendar is further ahead of UTC: nowhere does a day begin earlier. */
const FURTHEST_AHEAD = 14 * 4 * QUARTER_OF_AN_HOUR;
const STEPS = 28 * 4;

/**
 * The instant at which a claim's first day begins where its marketplace is, to the quarter of an hour that every calendar
 * keeps; null once it has begun, for a claim that waits for nothing, and where the calendar is not known.
 */
export function openingInstant(claim: ClaimState, now: Date): Date | null {
  const { subject, opensOn } = claim;
  const today = dayAtMarketplace(subject.marketplaceId, now);
  if (!awaitsFiling(claim) || today === null || today >= opensOn) return null;
  const earliest = Date.parse(`${opensOn}T00:00:00Z`) - FURTHEST_AHEAD;
  for (let step = 0; step <= STEPS; step += 1) {
    const instant = new Date(earliest + step * QUARTER_OF_AN_HOUR);
    if (dayAtMarketplace(subject.marketplaceId, instant) === opensOn) return instant;
  }
  return null;
}
