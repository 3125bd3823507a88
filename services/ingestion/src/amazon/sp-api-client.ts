import { backoffMs, messageOf } from '@recoup/kernel';
import type { z } from 'zod';
import { systemTimer, type Timer } from '../timer.js';
import type { AccessTokens, TokenOwner } from './access-tokens.js';
import { errorWords } from './error-body.js';
import { AmazonCallFailed, RateLimitExceeded, UnexpectedAnswer } from './errors.js';
import type { Patience } from './patience.js';
import type { Caller, RateLimiter } from './rate-limiter.js';
import { originOf } from './regions.js';
import {
  openRestrictedTokens,
  restrictedDataTokenSchema,
  type RestrictedTokens,
} from './restricted-tokens.js';
import { send, type ApiAnswer, type ApiCall } from './send.js';

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
        // Before the rate token too: fetching it afterwards would put a delay between the grant and the call.
        await tokenFor(deps, caller, call);
        await deps.limiter.take(caller, call.operation);
        caller.onGranted?.();
        const accessToken = await tokenFor(deps, caller, call);
        const answer = await exchange(deps, { caller, call, accessToken, attempts });
        if (answer === 'again') continue;
        if (answer.status !== 429) {
          await deps.limiter.answered(caller, call.operation, answer.rateLimit);
        }
        if (answer.status >= 200 && answer.status < 300) return read(call, answer, schema);
        await recover(deps, { caller, call, accessToken, attempts, answer });
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
  readonly accessToken: string;
  readonly attempts: Attempts;
}

async function exchange(deps: ClientDeps, at: Exchange): Promise<ApiAnswer | 'again'> {
  const { caller, call, accessToken } = at;
  const origin = originOf(caller.region, deps.endpoint);
  try {
    return await (deps.timer ?? systemTimer).hold(() =>
      send(call, { origin, accessToken, signal: caller.signal }),
    );
  } catch (cause) {
    caller.signal.throwIfAborted();
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
async function recover(deps: OpenClient, at: Exchange & { answer: ApiAnswer }): Promise<void> {
  const { caller, call, accessToken, attempts, answer } = at;
  if (answer.status === 429) {
    const inARow = await deps.limiter.refused(caller, call.operation);
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
