import { deadline, type Deadline } from '@recoup/kernel';
import { operations, type OperationName } from './operations.js';
import type { DataElement } from './restricted-tokens.js';
import { queryString, type QueryValue } from './query-string.js';
import { USER_AGENT } from './user-agent.js';

export interface ApiCall {
  readonly operation: OperationName;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** Data about people that the call is to tell: it is then made with a restricted data token. */
  readonly opens?: readonly DataElement[];
}

export interface ApiAnswer {
  readonly status: number;
  readonly requestId: string | null;
  /** `x-amzn-RateLimit-Limit`, calls a second; null where it is absent or no number. */
  readonly rateLimit: number | null;
  readonly body: string;
}

/** Amazon's slow operations answer within seconds; a connection that hangs must not hold a window for ever. */
const TIMEOUT_MS = 30_000;

export interface SendOptions {
  readonly origin: string;
  readonly accessToken: string;
  readonly signal: AbortSignal;
}

/** One HTTP exchange, no retry. Throws what fetch throws: a reset, a timeout, the caller's abort. */
export async function send(call: ApiCall, options: SendOptions): Promise<ApiAnswer> {
  const { method } = operations[call.operation];
  const headers: Record<string, string> = {
    'x-amz-access-token': options.accessToken,
    'user-agent': USER_AGENT,
    accept: 'application/json',
  };
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  using limit = mayBreakOff(method, options.signal);
  const response = await fetch(options.origin + pathOf(call), {
    method,
    headers,
    // Following a redirect would carry the access token to another host.
    redirect: 'error',
    body: call.body === undefined ? null : JSON.stringify(call.body),
    signal: limit.signal,
  });
  return {
    status: response.status,
    requestId: response.headers.get('x-amzn-requestid'),
    rateLimit: positive(response.headers.get('x-amzn-ratelimit-limit')),
    body: await response.text(),
  };
}

/**
 * A read may be broken off at any time. A call that makes something at Amazon is waited for even when the work is to
 * stop: broken off, the report it made would be lost and its successor would make another.
 */
function mayBreakOff(method: 'GET' | 'POST', stop: AbortSignal): Deadline {
  return deadline(TIMEOUT_MS, method === 'GET' ? stop : null);
}

function pathOf({ operation, path = {}, query = {} }: ApiCall): string {
  const filled = operations[operation].path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  return filled + queryString(query);
}

function positive(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : null;
}
