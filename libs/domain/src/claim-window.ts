import { isDeepStrictEqual } from 'node:util';
import type { ClaimWindow } from '@recoup/contracts';

export interface WindowRefusal {
  readonly code: 'too_early' | 'window_closed' | 'calendar_unknown';
  readonly message: string;
}

/**
 * Why a claim may not be filed on a day; null when it may. `today` is the day in the claim's marketplace, null where its
 * calendar is not known. Both ends of the window are inclusive.
 */
export function outsideWindow(
  { opensOn, deadline }: Pick<ClaimWindow, 'opensOn' | 'deadline'>,
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

/** The window among the fields of a claim or a finding. */
export function windowOf({ lossDay, opensOn, deadline, policy }: ClaimWindow): ClaimWindow {
  return { lossDay, opensOn, deadline, policy };
}

/** What an event says of a window: the new one, and nothing where it is the one that the claim holds. */
export function movedWindow(
  before: ClaimWindow,
  now: ClaimWindow,
): { readonly window?: ClaimWindow } {
  const window = windowOf(now);
  return isDeepStrictEqual(windowOf(before), window) ? {} : { window };
}
