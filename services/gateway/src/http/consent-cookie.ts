import type { Settings } from '../settings.js';
import { cookieOptions } from './session.js';

/** How long a consent may take, in seconds: as long as the state that it goes with. */
const CONSENT_SECONDS = 600;

interface ConsentCookie {
  readonly name: string;
  readonly options: ReturnType<typeof cookieOptions> & { readonly maxAge: number };
}

/**
 * The cookie that binds a consent to the browser that began it. Over TLS its prefix keeps siblings of ours
 * (`other.example.com`) from setting it (RFC 6265bis, 4.1.3.2): one that could would connect its own seller to whoever is
 * signed in here.
 */
export function consentCookie(settings: Settings): ConsentCookie {
  const options = { ...cookieOptions(settings), maxAge: CONSENT_SECONDS };
  return { name: `${options.secure ? '__Host-' : ''}oauth_browser`, options };
}
