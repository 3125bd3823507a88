import type { ClaimState } from './claim-state.js';

export interface WindowRefusal {
  readonly code: 'too_early' | 'window_closed' | 'calendar_unknown';
  readonly message: string;
}

/**
 * Why a claim may not be filed on a day; null when it may. `today` is the day in the claim's marketplace, null where its
 * calendar is not known. Both ends of the window are inclusive.
 */
export function outsideWindow(
  { opensOn, deadline }: Pick<ClaimState, 'opensOn' | 'deadline'>,
  today: string | null,
): WindowRefusal | null {
  if (today === null) {
    return { code: 'calendar_unknown', message: 'The calendar of its marketplace is not known' };
  }
  if (today < opensOn) {
    return { code: 'too_early', message: `It can be filed from ${opensOn} on` };
  }
  if (today > deadline) {
    return { code: 'window_closed', message: `The last day to file was ${deadline}` };
  }
  return null;
}
