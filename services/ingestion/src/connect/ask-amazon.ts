import type { ConnectRequest, Marketplace } from '@recoup/contracts';
import type { Clock } from '@recoup/kernel';
import { listMarketplaces } from '../amazon/participations.js';
import { BRIEF } from '../amazon/patience.js';
import type { RateLimiter } from '../amazon/rate-limiter.js';
import { openSpApiClient } from '../amazon/sp-api-client.js';
import { verifySeller, type Proof } from './verify-seller.js';

/** A person waits: when Amazon's limit or a fault makes it longer, connecting is to be tried again later. */
const TIMEOUT_MS = 20_000;

export interface AskDeps {
  readonly limiter: RateLimiter;
  readonly clock: Clock;
  readonly endpoint: string | undefined;
}

export interface SellerAnswer {
  /** Those that the seller takes part in, and that were asked for. */
  readonly marketplaces: readonly Marketplace[];
  readonly proof: Proof;
}

/**
 * What Amazon says about the seller of a consent. The token is used here alone and never kept under the seller's name:
 * until the proof is in, that name is only a claim.
 */
export async function askAmazon(
  { limiter, clock, endpoint }: AskDeps,
  request: ConnectRequest,
  accessToken: string,
): Promise<SellerAnswer> {
  const tokens = { get: () => Promise.resolve(accessToken), drop: () => {}, forget: () => {} };
  const client = openSpApiClient({ endpoint, limiter, tokens, patience: BRIEF });
  const caller = {
    sellerId: request.sellingPartnerId,
    region: request.region,
    sync: null,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  const all = await listMarketplaces(client, caller);
  const wanted = request.marketplaceIds;
  return {
    marketplaces: wanted ? all.filter(({ id }) => wanted.includes(id)) : all,
    proof: await verifySeller(client, caller, clock),
  };
}
