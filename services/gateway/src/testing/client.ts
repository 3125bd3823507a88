/** An answer with its body as it came. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, where it is a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A browser: keeps cookies, follows no redirect, and sends each request with what it has. */
export class Client {
  readonly origin: string;
  readonly cookies: Map<string, string>;

  constructor(origin: string, cookies: Readonly<Record<string, string>> = {}) {
    this.origin = origin;
    this.cookies = new Map(Object.entries(cookies));
  }

  /** The same browser at another origin, or whoever kept a copy of its cookies. */
  at(origin: string): Client {
    return new Client(origin, Object.fromEntries(this.cookies));
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0 && !headers.has('cookie')) {
      headers.set(
        'cookie',
        [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      );
    }
    const response = await fetch(new URL(path, this.origin), {
      redirect: 'manual',
      signal: AbortSignal.timeout(25_000),
      ...init,
      headers,
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await this.fetch(path, init);
    const text = await response.text();
    const { status, headers } = response;
    const json = headers.get('content-type')?.includes('json') === true && text !== '';
    return { status, headers, text, body: json ? JSON.parse(text) : {} };
  }

  get(path: string): Promise<Answer> {
    return this.ask(path);
  }

  post(path: string, init: RequestInit = {}): Promise<Answer> {
    return this.ask(path, { method: 'POST', ...init });
  }

  #keep(header: string): void {
    const pair = /^([^=]+)=([^;]*)/.exec(header);
    const [, name = '', value = ''] = pair ?? [];
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
