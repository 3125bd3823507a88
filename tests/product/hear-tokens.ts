import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** Stands before Login with Amazon and passes everything on, so that a test knows each secret that went either way. */
export interface TokenListener extends AsyncDisposable {
  /** For LWA_ENDPOINT. */
  readonly endpoint: string;
  /** Every code, refresh token and access token so far, each once. */
  readonly heard: readonly string[];
  /** From where the tokens come; before the first is asked for. */
  passOnTo(origin: string): void;
}

const PATH = '/auth/o2/token';
const SECRETS = ['code', 'refresh_token', 'access_token'] as const;
const answerSchema = z.record(z.string(), z.unknown());

export async function hearTokens(): Promise<TokenListener> {
  const heard = new Set<string>();
  let origin = '';
  const note = (given: Readonly<Record<string, unknown>>): void => {
    for (const name of SECRETS) if (typeof given[name] === 'string') heard.add(given[name]);
  };
  const pass = async (request: IncomingMessage): Promise<{ status: number; text: string }> => {
    const body = await textOf(request);
    note(Object.fromEntries(new URLSearchParams(body)));
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const answer = await fetch(`${origin}${PATH}`, { method: 'POST', headers, body });
    const text = await answer.text();
    note(answerSchema.parse(JSON.parse(text)));
    return { status: answer.status, text };
  };
  const server = createServer((request, response) => {
    pass(request).then(
      ({ status, text }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(text),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}${PATH}`,
    get heard() {
      return [...heard];
    },
    passOnTo: (to) => (origin = to),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
