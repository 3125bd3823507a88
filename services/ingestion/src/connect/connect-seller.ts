import type { ConnectReply, ConnectRequest } from '@recoup/contracts';
import { messageOf } from '@recoup/kernel';

import type { Log } from '../log.js';
import type { AccessTokens } from '../amazon/access-tokens.js';
import { AmazonCallFailed, ReauthorizationRequired } from '../amazon/errors.js';
import type { LwaSettings } from '../amazon/lwa.js';
import { askAmazon, type AskDeps, type SellerAnswer } from './ask-amazon.js';
import { obtainConsent, type Consent } from './obtain-consent.js';
import { recordConnection, type RecordDeps } from './record-connection.js';
import { refuse, type Refused } from './refusal.js';

export interface ConnectDeps extends AskDeps, RecordDeps {
  readonly log: Log;
  readonly lwa: LwaSettings;
  readonly tokens: AccessTokens;
}

/**
 * Connects an Amazon seller: proves the consent at Amazon, stores it sealed with its tenant, records the connection and
 * asks for the first sync. Refusals are answers; throws only what the database throws.
 */
export async function connectSeller(
  deps: ConnectDeps,
  request: ConnectRequest,
): Promise<ConnectReply> {
  const answer = await consult(deps, request);
  if ('outcome' in answer) return answer;
  const { consent, marketplaces, proof } = answer;
  if (proof === 'other')
    return refuse('amazon_refused', 'This authorization is of another Amazon seller.');
  if (marketplaces.length === 0) {
    return refuse(
      'amazon_refused',
      'This Amazon seller sells in none of the marketplaces asked for.',
    );
  }
  const { refreshToken } = consent;
  const recorded = await recordConnection(deps, {
    request,
    marketplaces: [...marketplaces],
    refreshToken,
    proof,
  });
  if ('outcome' in recorded) return recorded;
  const { tenantId, position } = recorded;
  deps.tokens.forget(request.sellingPartnerId);
  deps.log.info({ tenantId, sellingPartnerId: request.sellingPartnerId }, 'seller connected');
  return {
    outcome: 'connected',
    tenantId,
    marketplaces: [...marketplaces],
    position,
  };
}

async function consult(
  deps: ConnectDeps,
  request: ConnectRequest,
): Promise<(SellerAnswer & { readonly consent: Consent }) | Refused> {
  try {
    const consent = await obtainConsent(deps.lwa, request.credential);
    return { consent, ...(await askAmazon(deps, request, consent.accessToken)) };
  } catch (error) {
    const refused = error instanceof ReauthorizationRequired || isRefusal(error);
    deps.log.warn({ reason: messageOf(error), refused }, 'connecting a seller failed');
    return refuse(refused ? 'amazon_refused' : 'amazon_unavailable');
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof AmazonCallFailed && !error.refusal.retryable;
}
