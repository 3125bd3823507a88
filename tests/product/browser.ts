import { AppError } from '@recoup/kernel';
import type { z } from 'zod';

/** The product answered what a step of a test did not expect. */
export class UnexpectedAnswer extends AppError {
  readonly code = 'UNEXPECTED_ANSWER';
}

/** How long a browser waits for an answer, in milliseconds. */
const PATIENCE_MS = 30_000;

/** What a browser is to a server: one that keeps cookies, and sends each only to the server that set it. */
export class Browser {
  readonly #jars = new Map<string, Map<string, string>>();
  /** Where relative addresses lead. */
  readonly origin: string;

  /** One that has these cookies of the origin from before. */
  constructor(origin: string, cookies: Readonly<Record<string, string>> = {}) {
    this.origin = origin;
    this.#jars.set(new URL(origin).host, new Map(Object.entries(cookies)));
  }

  /** A request with the cookies of its server; redirects are answered, not followed. */
  async request(url: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(url, this.origin);
    const jar = this.#jar(target.host);
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(target, {
      redirect: 'manual',
      signal: patience,
      ...init,
      headers,
    });
    for (const cookie of response.headers.getSetCookie()) keep(jar, cookie);
    return response;
  }

  /** GET of a JSON body. Throws UnexpectedAnswer unless it is 200 and of this shape. */
  async get<S extends z.ZodType>(url: string, schema: S): Promise<z.infer<S>> {
    return bodyOf(await this.request(url), { url, schema });
  }

  /** POST without a body, answered by a JSON one. Throws UnexpectedAnswer unless it is 200 and of this shape. */
  async post<S extends z.ZodType>(url: string, schema: S): Promise<z.infer<S>> {
    return bodyOf(await this.request(url, { method: 'POST' }), { url, schema });
  }

  /** The value of a cookie of the product; undefined without one. */
  cookie(name: string): string | undefined {
    return this.#jar(new URL(this.origin).host).get(name);
  }

  #jar(host: string): Map<string, string> {
    const jar = this.#jars.get(host) ?? new Map<string, string>();
    this.#jars.set(host, jar);
    return jar;
  }
}

/** Keeps a cookie, or drops it when the server has emptied it. */
function keep(jar: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (value === '') jar.delete(name);
  else jar.set(name, value);
}

/** The JSON body of a 200. Throws UnexpectedAnswer, with what was answered instead. */
export async function bodyOf<S extends z.ZodType>(
  response: Response,
  { url, schema }: { url: string; schema: S },
): Promise<z.infer<S>> {
  const text = await response.text();
  if (response.status !== 200) {
    throw new UnexpectedAnswer(`${url} answered ${response.status}: ${text}`);
  }
  const read = schema.safeParse(JSON.parse(text));
  if (!read.success) throw new UnexpectedAnswer(`${url} answered ${text}: ${read.error.message}`);
  return read.data;
}
