import type { ClaimWindow, EventData } from '@recoup/contracts';

/** From when to when a claim can be filed, as it has changed. */
export function daysText({ opensOn, deadline, policy }: ClaimWindow): string {
  return `It can be filed from ${opensOn} to ${deadline} now, by the policy ${policy.name}.`;
}

/** When the window of a claim closed, and by which policy where another one had held until then. */
export function closedText({ deadline, window }: EventData<'claim.expired'>): string {
  const by = window ? `, by the policy ${window.policy.name} that counts for it now` : '';
  return `window closed on ${deadline}${by}`;
}
