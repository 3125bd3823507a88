import { request as httpRequest, Agent, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { GatewayUnderTest } from '../testing/gateway-under-test.js';
import { standInForIngestion } from '../testing/ingestion-stand-in.js';
import * as malformed from '../testing/malformed-input.js';
import { openWithRoutes, type ServedRoute } from '../testing/served-routes.js';

let gateway: GatewayUnderTest;
let routes: ServedRoute[];
let properties: string[];
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

beforeAll(async () => {
  ({ gateway, routes } = await openWithRoutes({
    ...{ RATE_LIMIT_USER: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_PUBLIC: '0' },
    ...{ LOCAL_SIGN_IN_TOKEN: 'a link of this test only', LOCAL_USER_ID: 'local-user' },
  }));
  const refused = { outcome: 'refused', code: 'amazon_refused', message: 'Refused.' } as const;
  standInForIngestion(gateway).answer = () => Promise.resolve(refused);
  const { text: document } = await gateway.stranger().get('/openapi.json');
  properties = membersOf(JSON.parse(document));
});
afterAll(async () => {
  agent.destroy();
  await gateway[Symbol.asyncDispose]();
});

/** The four members, and beside them nothing but texts: no stack, no cause, no list of what was expected inside. */
const refusal = z
  .object({
    error: z.string().min(1),
    message: z.string().min(1),
    code: z.string().regex(/^[a-z_]+$/),
    requestId: z.string().startsWith('req_'),
    success: z.literal(false).optional(), // of the one route that promises it
    missing: z.array(z.string()).optional(), // what a claim lacks, and why
    reasons: z.array(z.string()).optional(),
  })
  .catchall(z.union([z.string(), z.array(z.string())]));

/** What only the inside knows. */
const INTERNAL =
  /\bat .*:\d+:\d+|node_modules|\/src\/|\/dist\/|relation "|syntax error|invalid input|SQLSTATE|FST_ERR|ECONN|Zod/;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** What is wrong with the answer; null when it is as it should be. A stream is not read to its end. */
async function violation(sent: Sent): Promise<string | null> {
  const { method, path, headers = {}, body } = sent;
  const request = httpRequest(gateway.origin, { method, path, headers, agent });
  request.on('error', () => undefined).end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const status = response.statusCode ?? 0;
  const type = response.headers['content-type'] ?? '';
  if (type.startsWith('text/event-stream')) {
    response.destroy();
    return null;
  }
  const wrong = wrongIn({ status, type, answer: await text(response), method });
  const what = `${method} ${path.slice(0, 80)} ${String(body ?? '').slice(0, 60)}`;
  return wrong && `${what} → ${status} ${wrong}`;
}

function wrongIn({
  status,
  type,
  answer,
  method,
}: {
  status: number;
  type: string;
  answer: string;
  method: string;
}): string | null {
  if (status >= 500 && status !== 501) return `is our failure: ${answer.slice(0, 200)}`;
  if (status < 400 || method === 'HEAD') return null;
  if (!type.startsWith('application/json')) return `is ${type}`;
  if (!refusal.safeParse(JSON.parse(answer)).success) return `has another shape: ${answer}`;
  return INTERNAL.test(answer) ? `tells what is inside: ${answer}` : null;
}

/** Stands in an address for the id of something that the user has, so that a handler is reached. */
const OWN = 'own-id';

/** Sends all to a route as a new seller with a sync and a claim. Answers what was wrong. */
async function violations(
  route: ServedRoute,
  cases: readonly Omit<Sent, 'method'>[],
): Promise<string[]> {
  const { cookies, seller } = await gateway.newUser();
  await seller.connect();
  const syncId = await seller.request('scheduled');
  const [claimId = ''] = await seller.claims([{}]);
  const own = route.url.includes('sync') ? syncId : claimId;
  const cookie = `session_token=${cookies.get('session_token')}`;
  const found: string[] = [];
  for (const { path: withPlace, headers, body } of cases) {
    const path = withPlace.replace(OWN, own);
    const sent = { method: route.method, path, headers: { cookie, ...headers } };
    const wrong = await violation(body === undefined ? sent : withBody(sent, body));
    if (wrong) found.push(wrong);
  }
  return found;
}

/** With its length: for a DELETE the client does not say it by itself. */
function withBody(sent: Sent, body: string | Buffer): Sent {
  const headers = { ...sent.headers, 'content-length': String(Buffer.byteLength(body)) };
  return { ...sent, headers, body };
}

async function everywhere(
  only: (route: ServedRoute) => boolean,
  casesOf: (route: ServedRoute) => readonly Omit<Sent, 'method'>[],
): Promise<string[]> {
  const asked = routes
    .filter(({ method, url }) => !/[*]/.test(url) && method !== 'OPTIONS')
    .filter(only);
  expect(asked.length).toBeGreaterThan(3);
  return (await Promise.all(asked.map((route) => violations(route, casesOf(route))))).flat();
}

const withId = ({ url }: ServedRoute, id: string): string => url.replaceAll(/:\w+/g, id);
const changes = ({ method }: ServedRoute): boolean => !['GET', 'HEAD'].includes(method);
/** As a browser would write it into an address, or as it is where that cannot be done. */
const encoded = (value: string): string =>
  encodeURIComponent(value.replaceAll(/\p{Surrogate}/gu, '\ufffd'));

/** The names of all members of request bodies in a description of the interface. */
function membersOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { requestBody, ...others } = node as Record<string, unknown>;
  const named = [...JSON.stringify(requestBody ?? {}).matchAll(/"(\w+)":\{"/g)].map(
    ([, name]) => name,
  );
  return [...new Set([...named.map(String), ...Object.values(others).flatMap(membersOf)])];
}

describe('every route of the gateway, given what is malformed, refuses it in one shape', () => {
  it('as an id in its address', async () => {
    const ids = [...malformed.TEXTS.map(encoded), ...malformed.BAD_PERCENT];
    const found = await everywhere(
      ({ url }) => url.includes(':'),
      (route) => ids.map((id) => ({ path: withId(route, id) })),
    );
    expect(found.slice(0, 20)).toEqual([]);
  });

  it('as its query', async () => {
    const values = [...malformed.TEXTS.map(encoded), ...malformed.BAD_PERCENT];
    const named = values
      .filter(({ length }) => length <= 1000)
      .map((value) => malformed.QUERY_NAMES.map((name) => `${name}=${value}`).join('&'));
    const found = await everywhere(
      ({ method }) => method !== 'HEAD', // answered by what answers GET
      (route) =>
        [...malformed.QUERIES, ...named].map((query) => ({
          path: `${withId(route, OWN)}?${query}`,
        })),
    );
    expect(found.slice(0, 20)).toEqual([]);
  });

  it('as its body', async () => {
    expect(properties).toContain('refreshToken');
    const members = malformed.VALUES.map((value) =>
      JSON.stringify(Object.fromEntries(properties.map((name) => [name, value]))),
    );
    const found = await everywhere(changes, (route) =>
      [...malformed.BODIES, ...members].map((body) => ({
        path: withId(route, OWN),
        headers: { 'content-type': 'application/json' },
        body,
      })),
    );
    expect(found.slice(0, 20)).toEqual([]);
  });

  it('as its content type', async () => {
    const found = await everywhere(changes, (route) =>
      malformed.CONTENT_TYPES.map((type) => ({
        path: withId(route, OWN),
        headers: { 'content-type': type },
        body: 'a=1',
      })),
    );
    expect(found.slice(0, 20)).toEqual([]);
  });
});

describe('the gateway', () => {
  it.each(malformed.RAW.map((bytes) => [bytes]))(
    'given %j on the wire, then a refusal, or nothing',
    async (bytes) => {
      const { hostname, port } = new URL(gateway.origin);
      const socket = connect(Number(port), hostname).setEncoding('latin1');
      let answer = '';
      socket.on('data', (chunk: string) => (answer += chunk)).on('error', () => undefined);
      socket.end(Buffer.from(bytes, 'latin1'));
      await once(socket, 'close');
      const [, status = '0', type = ''] =
        /^HTTP\/1\.1 (\d+)[^]*?content-type: ([^\r]*)/i.exec(answer) ?? [];
      const body = answer.slice(answer.indexOf('\r\n\r\n') + 4);
      expect(wrongIn({ status: Number(status), type, answer: body, method: 'GET' })).toBeNull();
      expect(answer).not.toMatch(/^x-evil/im);
    },
  );

  it('after all that is there, has nothing polluted, and has logged no failure and no token', async () => {
    expect((await gateway.stranger().get('/api/services/status')).status).toBe(200);
    expect(
      ({} as Record<string, unknown>)['polluted'] ?? ({} as Record<string, unknown>)['admin'],
    ).toBeUndefined();
    const logged = gateway.logged();
    expect(logged).not.toMatch(/"level":[56]0/);
    expect(logged).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
  });
});
