import { backoffMs, messageOf } from '@recoup/kernel';
import { z } from 'zod';
import { ApplicationRefused, LwaUnavailable, ReauthorizationRequired } from './errors.js';
import { systemTimer, type Timer } from '../timer.js';
import type { Patience } from './patience.js';
import { USER_AGENT } from './user-agent.js';

export interface LwaSettings {
  /** The token URL. */
  readonly endpoint: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly timer?: Timer | undefined;
}

export type Grant =
  | { readonly kind: 'refresh_token'; readonly refreshToken: string }
  | { readonly kind: 'authorization_code'; readonly code: string; readonly redirectUri: string };

const tokensSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
});
export type LwaTokens = z.infer<typeof tokensSchema>;

const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

const TIMEOUT_MS = 15_000;

/**
 * Asks Login with Amazon for tokens. Throws ReauthorizationRequired when the grant is refused, ApplicationRefused when
 * this application is, LwaUnavailable when no answer could be had. No message ever holds a secret.
 */
export async function requestTokens(
  settings: LwaSettings,
  grant: Grant,
  patience: Patience,
): Promise<LwaTokens> {
  const timer = settings.timer ?? systemTimer;
  let reason = '';
  for (let attempt = 0; attempt < patience.tries; attempt += 1) {
    if (attempt > 0) await timer.sleep(backoffMs(attempt - 1, patience));
    try {
      const answer = await timer.hold(() => post(settings, grant));
      if (answer.status < 500 && answer.status !== 429) return tokensOf(answer);
      reason = `HTTP ${answer.status}`;
    } catch (error) {
      if (error instanceof ReauthorizationRequired || error instanceof ApplicationRefused)
        throw error;
      reason = messageOf(error);
    }
  }
  throw new LwaUnavailable(`Login with Amazon did not answer: ${reason}`);
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

async function post(settings: LwaSettings, grant: Grant): Promise<Answer> {
  const response = await fetch(settings.endpoint, {
    method: 'POST',
    redirect: 'error',
    headers: {
      'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      'user-agent': USER_AGENT,
    },
    body: new URLSearchParams({
      ...fields(grant),
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
    }).toString(),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, body: await response.json().catch(() => null) };
}

function fields(grant: Grant): Record<string, string> {
  if (grant.kind === 'refresh_token') {
    return { grant_type: 'refresh_token', refresh_token: grant.refreshToken };
  }
  return { grant_type: 'authorization_code', code: grant.code, redirect_uri: grant.redirectUri };
}

function tokensOf({ status, body }: Answer): LwaTokens {
  const tokens = tokensSchema.safeParse(body);
  if (status === 200 && tokens.success) return tokens.data;
  const refusal = refusalSchema.safeParse(body);
  const word = refusal.success ? refusal.data.error : `HTTP ${status}`;
  if (word === 'invalid_grant' || word === 'invalid_request') {
    throw new ReauthorizationRequired(`Login with Amazon refused the consent: ${word}`);
  }
  throw new ApplicationRefused(`Login with Amazon refused this application: ${word}`);
}
