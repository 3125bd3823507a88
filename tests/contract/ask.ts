import type { Suite } from './suite.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body where it is JSON, else null. */
  readonly json: unknown;
}

export interface Question {
  readonly method?: string;
  /** Sent as the session cookie; null or left out: none. */
  readonly token?: string | null | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** One request to the product. Redirects are answered, not followed; of a stream only the head is read. */
export async function ask(
  { product }: Pick<Suite, 'product'>,
  address: string,
  { method = 'GET', token, headers = {}, body }: Question = {},
): Promise<Answer> {
  const response = await fetch(new URL(address, product.origin), {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
    headers: {
      ...(token && { cookie: `session_token=${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, ...(await bodyOf(response)) };
}

async function bodyOf(response: Response): Promise<Pick<Answer, 'text' | 'json'>> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { text: '', json: null };
  }
  const text = await response.text();
  return { text, json: type.includes('json') && text !== '' ? JSON.parse(text) : null };
}

/** The `code` of a failure. */
export function codeOf({ json }: Answer): unknown {
  return (json as { code?: unknown } | null)?.code;
}
