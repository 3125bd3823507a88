import { systemClock } from '@recoup/kernel';
import { openAccessTokens } from '../amazon/access-tokens.js';
import { BRIEF } from '../amazon/patience.js';
import type { RateLimiter } from '../amazon/rate-limiter.js';
import { openSpApiClient, type TokenHoldingClient } from '../amazon/sp-api-client.js';
import { systemTimer, type Timer } from '../timer.js';
import type { SimulatedAmazon } from './simulated-amazon.js';

/** Amazon's rates are so high in these simulations that nobody needs to be held back. */
const unlimited: RateLimiter = {
  take: () => Promise.resolve(),
  answered: () => Promise.resolve(),
  refused: () => Promise.resolve(0),
};

/** The client on a simulation, without a database and its limits. */
export function openUnlimitedClient(
  amazon: SimulatedAmazon,
  timer: Timer = systemTimer,
): TokenHoldingClient {
  const lwa = {
    endpoint: `${amazon.origin}/auth/o2/token`,
    clientId: amazon.client.LWA_CLIENT_ID,
    clientSecret: amazon.client.LWA_CLIENT_SECRET,
  };
  const tokens = openAccessTokens({
    lwa,
    clock: systemClock,
    refreshTokenOf: ({ sellerId }) => amazon.refreshToken(sellerId),
  });
  return openSpApiClient({
    endpoint: amazon.origin,
    tokens,
    limiter: unlimited,
    patience: BRIEF,
    timer,
  });
}
