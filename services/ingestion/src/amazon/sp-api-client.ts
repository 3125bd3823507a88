import { backoffMs, messageOf } from '@recoup/kernel';
import type { z } from 'zod';
import { systemTimer, type Timer } from '../timer.js';
import type { AccessTokens, TokenOwner } from './access-tokens.js';
import { errorWords } from './error-body.js';
import { AmazonCallFailed, RateLimitExceeded, UnexpectedAnswer } from './errors.js';
import type { Patience } from './patience.js';
import type { Caller, Grant, RateLimiter } from './rate-limiter.js';
import { originOf } from './regions.js';
import {
  openRestrictedTokens,
  restrictedDataTokenSchema,
  type RestrictedTokens,
} from './restricted-tokens.js';
import { measuredSend } from './measured-send.js';
import type { ApiAnswer, ApiCall } from './send.js';

/** After so many refusals for the rate, in a row and each after its wait, the limit is not what Amazon says. */
const MOST_REFUSALS = 8;

const TRANSIENT = new Set([500, 502, 503, 504]);

export interface SpApiClient {
  /**
   * Calls Amazon within its limits and answers the body as the schema reads it. Throws AmazonCallFailed,
   * RateLimitExceeded, UnexpectedAnswer, ReauthorizationRequired, SyncNotActive, or the reason of the caller's abort.
   */
  call<T extends z.ZodType>(caller: Caller, call: ApiCall, schema: T): Promise<z.infer<T>>;
}

interface ClientDeps {
  readonly endpoint: string | undefined;
  readonly tokens: AccessTokens;
  readonly limiter: RateLimiter;
  readonly patience: Patience;
  readonly timer?: Timer | undefined;
}

/** What one call has met so far. */
interface Attempts {
  failures: number;
  tokenDropped: boolean;
}

export function openSpApiClient(given: ClientDeps): SpApiClient {
  const deps: OpenClient = {
    ...given,
    restricted: openRestrictedTokens({
      clock: given.timer ?? systemTimer,
      ask: (caller, call) => client.call(caller, call, restrictedDataTokenSchema),
    }),
  };
  const client: SpApiClient = {
    async call(caller, call, schema) {
      const attempts: Attempts = { failures: 0, tokenDropped: false };
      for (;;) {
        // Before the rate token too: a call that waits for its access token would hold back others.
        await tokenFor(deps, caller, call);
        const grant = await deps.limiter.take(caller, call.operation);
        caller.onGranted?.();
        const at = { caller, call, attempts, grant };
        const exchanged = await exchange(deps, at);
        if (exchanged === 'again') continue;
        const { answer } = exchanged;
        if (answer.status !== 429) await grant.answered(answer.rateLimit);
        if (answer.status >= 200 && answer.status < 300) return read(call, answer, schema);
        await recover(deps, { ...at, ...exchanged });
      }
    },
  };
  return client;
}

interface OpenClient extends ClientDeps {
  readonly restricted: RestrictedTokens;
}

async function tokenFor(deps: OpenClient, caller: Caller, call: ApiCall): Promise<string> {
  const own = await deps.tokens.get(ownerOf(caller));
  const { operation, opens } = call;
  return opens ? deps.restricted.get(caller, { operation, opens, under: own }) : own;
}

function ownerOf({ sellerId, sync }: Caller): TokenOwner {
  return { sellerId, tenantId: sync?.tenantId ?? null };
}

interface Exchange {
  readonly caller: Caller;
  readonly call: ApiCall;
  readonly attempts: Attempts;
  readonly grant: Grant;
}

interface Exchanged {
  readonly accessToken: string;
  readonly answer: ApiAnswer;
}

async function exchange(deps: OpenClient, at: Exchange): Promise<Exchanged | 'again'> {
  const { caller, call, grant } = at;
  const origin = originOf(caller.region, deps.endpoint);
  const accessToken = await tokenFor(deps, caller, call).catch(async (error: unknown) => {
    await grant.cameToNothing();
    throw error;
  });
  try {
    const answer = await (deps.timer ?? systemTimer).hold(() =>
      measuredSend(call, { origin, accessToken, signal: caller.signal }),
    );
    return { accessToken, answer };
  } catch (cause) {
    // Broken off by us it may still arrive.
    caller.signal.throwIfAborted();
    await grant.cameToNothing();
    const refusal = { operation: call.operation, status: null, amazonCode: null, requestId: null };
    const failure = new AmazonCallFailed(
      messageOf(cause),
      { ...refusal, retryable: true },
      { cause },
    );
    await pause(deps, failure, at);
    return 'again';
  }
}

/** Returns when the call may be made again; throws when it must not. */
async function recover(deps: OpenClient, at: Exchange & Exchanged): Promise<void> {
  const { caller, call, accessToken, attempts, answer, grant } = at;
  if (answer.status === 429) {
    const inARow = await grant.refused();
    if (inARow < MOST_REFUSALS) return;
    throw new RateLimitExceeded(`${call.operation}: ${inARow} refusals in a row`);
  }
  const words = errorWords(answer.status, answer.body);
  const failure = new AmazonCallFailed(words.message, {
    operation: call.operation,
    status: answer.status,
    amazonCode: words.code,
    requestId: answer.requestId,
    retryable: TRANSIENT.has(answer.status),
  });
  if (TRANSIENT.has(answer.status)) return pause(deps, failure, at);
  // An access token can be withdrawn before its time. Once is enough: a second 403 is about rights.
  if (answer.status !== 403 || attempts.tokenDropped) throw failure;
  attempts.tokenDropped = true;
  deps.tokens.drop(ownerOf(caller), accessToken);
  deps.restricted.drop(accessToken);
}

async function pause(
  { patience, timer = systemTimer }: ClientDeps,
  failure: AmazonCallFailed,
  { caller, attempts }: Exchange,
): Promise<void> {
  attempts.failures += 1;
  if (attempts.failures >= patience.tries) throw failure;
  await timer.sleep(backoffMs(attempts.failures - 1, patience), caller.signal);
  caller.signal.throwIfAborted();
}

function read<T extends z.ZodType>(call: ApiCall, answer: ApiAnswer, schema: T): z.infer<T> {
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch (cause) {
    throw new UnexpectedAnswer(`${call.operation}: the answer is not JSON`, { cause });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new UnexpectedAnswer(`${call.operation}: ${issue?.path.join('.')}: ${issue?.message}`);
}
