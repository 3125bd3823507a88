import type { ClaimState } from './claim-state.js';

/** Why a claim that could go by itself waits for its seller. */
export const NO_CONSENT =
  'It can be filed as it is, and waits for your word: automatic filing is not turned on';

/** Whether the seller's consent to automatic filing would send the claim on its way. */
export function waitsForConsent({ status, route }: Pick<ClaimState, 'status' | 'route'>): boolean {
  return status === 'manual' && route?.kind === 'manual' && route.reasons.includes(NO_CONSENT);
}
