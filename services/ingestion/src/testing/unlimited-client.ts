import { systemClock } from '@recoup/kernel';
import { openAccessTokens, type AccessTokens } from '../amazon/access-tokens.js';
import { BRIEF } from '../amazon/patience.js';
import type { RateLimiter } from '../amazon/rate-limiter.js';
import { openSpApiClient, type SpApiClient } from '../amazon/sp-api-client.js';
import { systemTimer, type Timer } from '../timer.js';
import type { SimulatedAmazon } from './simulated-amazon.js';

/** Amazon's rates are so high in these simulations that nobody needs to be held back. */
const unlimited: RateLimiter = {
  take: () =>
    Promise.resolve({
      answered: () => Promise.resolve(),
      refused: () => Promise.resolve(0),
      cameToNothing: () => Promise.resolve(),
    }),
};

/** The client on a simulation, without a database and its limits, and a way to end its consents. */
export function openUnlimitedClient(
  amazon: SimulatedAmazon,
  timer: Timer = systemTimer,
): SpApiClient & Pick<AccessTokens, 'forget'> {
  const lwa = {
    endpoint: `${amazon.origin}/auth/o2/token`,
    clientId: amazon.client.LWA_CLIENT_ID,
    clientSecret: amazon.client.LWA_CLIENT_SECRET,
  };
  const tokens = openAccessTokens({
    lwa,
    clock: systemClock,
    consentOf: ({ sellerId }) =>
      Promise.resolve({ version: 0, refreshToken: () => amazon.refreshToken(sellerId) }),
  });
  const { origin: endpoint } = amazon;
  const deps = { endpoint, tokens, limiter: unlimited, patience: BRIEF, timer };
  return { ...openSpApiClient(deps), forget: (sellerId) => tokens.forget(sellerId) };
}
