import type { ConnectRequest } from '@recoup/contracts';
import { ReauthorizationRequired } from '../amazon/errors.js';
import { requestTokens, type LwaSettings } from '../amazon/lwa.js';
import { BRIEF } from '../amazon/patience.js';

export interface Consent {
  readonly refreshToken: string;
  readonly accessToken: string;
}

/**
 * Turns what the seller brought into a consent that works: exchanges the code, or proves the refresh token by using it.
 * Throws ReauthorizationRequired when Login with Amazon refuses it, ApplicationRefused, LwaUnavailable.
 */
export async function obtainConsent(
  lwa: LwaSettings,
  credential: ConnectRequest['credential'],
): Promise<Consent> {
  const tokens = await requestTokens(lwa, credential, BRIEF);
  const given = credential.kind === 'refresh_token' ? credential.refreshToken : undefined;
  const refreshToken = tokens.refresh_token ?? given;
  if (!refreshToken) throw new ReauthorizationRequired('the code gave no lasting consent');
  return { refreshToken, accessToken: tokens.access_token };
}
