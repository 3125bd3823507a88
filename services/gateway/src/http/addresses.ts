import type { Settings } from '../settings.js';
import { Problem } from './problems.js';

export const CALLBACK_PATH = '/api/v1/integrations/amazon/auth/callback';

/** This gateway's callback, as Amazon knows it. */
export function callbackUrl({ OAUTH_REDIRECT_URI, GATEWAY_PORT }: Settings): string {
  return OAUTH_REDIRECT_URI ?? `http://localhost:${GATEWAY_PORT}${CALLBACK_PATH}`;
}

/**
 * The page that a consent ends on. `frontend` is the origin that a request asked for and `allowedFrontend` let through;
 * null means the configured one, or the gateway's own page.
 */
export function successPage(settings: Settings, frontend: string | null): URL {
  const base = frontend ?? settings.FRONTEND_URL ?? callbackUrl(settings);
  return new URL(settings.OAUTH_SUCCESS_PATH, base);
}

/**
 * The origin of a frontend to which a consent may return; null when none was named. Throws a Problem (400) for any but
 * the configured ones: an open redirect here would lend our name to another site.
 */
export function allowedFrontend(settings: Settings, asked: string | undefined): string | null {
  if (!asked) return null;
  const { FRONTEND_URL, CORS_ORIGINS } = settings;
  const home = new URL(FRONTEND_URL ?? callbackUrl(settings)).origin;
  const origin = URL.canParse(asked) ? new URL(asked).origin : null;
  if (origin !== home && !CORS_ORIGINS.includes(origin ?? '')) throw notAllowed('frontend_url');
  return origin;
}

/** Throws a Problem (400) for any callback but the one that is registered with Amazon. */
export function checkCallback(settings: Settings, asked: string | undefined): void {
  if (asked && asked !== callbackUrl(settings)) throw notAllowed('redirect_uri');
}

function notAllowed(name: string): Problem {
  const message = `${name}: this address is not one that this service was set up with`;
  return new Problem({ status: 400, code: 'address_not_allowed' }, message);
}
