import { instantOf } from '../spapi/time-zone.js';

/** The day ends last there of all places where claims are judged: Amazon counts its windows in US Pacific time. */
export const CLAIM_ZONE = 'America/Los_Angeles';

/** The instant (ISO 8601, UTC) at which a day (`YYYY-MM-DD`) begins where claims are judged. */
export function claimDayBegins(day: string): string {
  return new Date(instantOf(CLAIM_ZONE, Date.parse(`${day}T00:00:00Z`))).toISOString();
}
