import type { Service } from '@recoup/service-kit';
import { followEndedSessions, openEndedSessions } from './adapters/ended-sessions.js';
import { openKeySet } from './http/key-set.js';
import { openSessionTokens } from './http/session-tokens.js';
import { openSessions, type Sessions } from './http/session.js';
import type { Settings } from './settings.js';
import { openSessionEnds, type SessionEnds } from './sse/session-ends.js';

/** Starts what knows who is signed in: keys, the record of sign-outs, and how other processes hear of them. */
export async function startSessions(
  service: Service,
  { settings, onError }: { settings: Settings; onError: (error: unknown) => void },
): Promise<{ sessions: Sessions; sessionEnds: SessionEnds }> {
  const { pool, clock, bus, signal } = service;
  const { SESSION_JWKS_URL: url } = settings;
  const tokens = openSessionTokens(
    settings,
    url === undefined ? null : openKeySet(url, { onError }),
  );
  const ended = openEndedSessions(pool, clock);
  await ended.refresh(); // before the first request: a restart must not bring a session back
  service.run('ended sessions', followEndedSessions(ended, { signal, onError }));
  const ends = openSessionEnds(bus, onError);
  ends.onEnd((sessionId) => ended.heard(sessionId));
  return { sessions: openSessions({ settings, tokens, ended, ends }), sessionEnds: ends };
}
