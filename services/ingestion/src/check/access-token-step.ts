import { messageOf } from '@recoup/kernel';
import { ApplicationRefused, ReauthorizationRequired } from '../amazon/errors.js';
import { requestTokens } from '../amazon/lwa.js';
import { BRIEF } from '../amazon/patience.js';
import type { Step } from './finding.js';
import type { CheckSettings } from './settings.js';

/** Gets an access token for the refresh token; null with what stands in the way. */
export async function accessTokenStep({
  lwa,
  refreshToken,
}: CheckSettings): Promise<{ step: Step; accessToken: string | null }> {
  try {
    const grant = { kind: 'refresh_token', refreshToken } as const;
    const { access_token: accessToken, expires_in: seconds } = await requestTokens(
      lwa,
      grant,
      BRIEF,
    );
    const words = `Login with Amazon gave an access token for ${seconds} seconds`;
    return { step: { name: 'token', ok: true, words }, accessToken };
  } catch (error) {
    const words = `${messageOf(error)}. ${adviceOn(error)}`;
    return { step: { name: 'token', ok: false, words }, accessToken: null };
  }
}

function adviceOn(error: unknown): string {
  if (error instanceof ReauthorizationRequired) {
    return 'The seller has withdrawn the consent, it is over a year old, or it was given to another application: authorize again.';
  }
  if (error instanceof ApplicationRefused) {
    return 'LWA_CLIENT_ID and LWA_CLIENT_SECRET do not belong together, or the secret was rotated: see LWA credentials in the developer console.';
  }
  return 'Is LWA_ENDPOINT right, and may this machine reach it?';
}
