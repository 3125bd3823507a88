import { addDays, dayIn } from '@recoup/kernel';
import type { Calendar } from '../world/calendar.js';
import type { Overcharge, OverchargedLine } from './overcharges.js';

/** Days after a charge in which it can be claimed, counted where the seller's first marketplace is. */
const CLAIMABLE_DAYS = 90;
const ZONE = 'America/Los_Angeles';

/** Whether what was charged at an instant can still be claimed when a calendar ends. */
export function isClaimable(chargedMs: number, { endMs }: Calendar): boolean {
  const last = addDays(dayIn(ZONE, new Date(chargedMs)), CLAIMABLE_DAYS);
  return dayIn(ZONE, new Date(endMs)) <= last;
}

/** Of the lines that can still be claimed what no refund has given back, line by line. */
export function claimableOf(
  lines: readonly OverchargedLine[],
  calendar: Calendar,
): Pick<Overcharge, 'charges' | 'cents'>[] {
  return lines
    .filter(({ ms }) => isClaimable(ms, calendar))
    .map(({ cents, back }) => ({ charges: 1, cents: cents - sumBefore(calendar.endMs, back) }))
    .filter(({ cents }) => cents > 0);
}

function sumBefore(endMs: number, back: OverchargedLine['back']): number {
  return back.reduce((sum, { ms, cents }) => (ms < endMs ? sum + cents : sum), 0);
}
