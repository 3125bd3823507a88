import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { sessionToken } from '../testing/session-token.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest({ CORS_ORIGINS: 'https://app.example' });
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Heard {
  readonly socket: WebSocket;
  readonly bodies: Record<string, unknown>[];
  readonly closed: Promise<number>;
}

function open(
  { cookies }: Pick<User, 'cookies'>,
  headers: Record<string, string> = {},
  origin = gateway.origin,
): Heard {
  const token = cookies.get('session_token');
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/status`, {
    headers: { ...(token !== undefined && { cookie: `session_token=${token}` }), ...headers },
  });
  const bodies: Record<string, unknown>[] = [];
  socket.on('message', (data: Buffer) => {
    bodies.push(JSON.parse(data.toString()) as Record<string, unknown>);
  });
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  return { socket, bodies, closed };
}

/** The status with which an upgrade is refused. */
async function refused(heard: Heard): Promise<number> {
  const [, response] = (await once(heard.socket, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ];
  heard.socket.terminate();
  return response.statusCode;
}

describe('a WebSocket', () => {
  it('given a session, then a snapshot and the transitions, as the stream has them', async () => {
    const user = await gateway.newUser();
    const { bodies, socket } = open(user);
    await eventually(() => bodies.length === 1);
    const syncId = await user.seller.request();
    await user.seller.progress(syncId, 500);
    await user.seller.complete(syncId);
    await eventually(() => bodies.length === 3);
    expect(bodies).toMatchObject([
      { type: 'sync', status: 'idle', reset: true },
      { type: 'sync', status: 'in_progress', data: { syncId } },
      { type: 'sync', status: 'complete', data: { syncId } },
    ]);
    socket.close();
  });

  it('given no session, then 401 and no upgrade', async () => {
    expect(await refused(open({ cookies: new Map() }))).toBe(401);
  });

  it.each([
    ['https://evil.example', 403],
    ['null', 403],
    ['https://app.example', null],
  ])('given a page of %s, then %s', async (origin, status) => {
    const heard = open(await gateway.newUser(), { origin });
    if (status !== null) expect(await refused(heard)).toBe(status);
    else await eventually(() => heard.bodies.length === 1);
    heard.socket.terminate();
  });

  it('given a sign-out, then 1008', async () => {
    const user = await gateway.newUser();
    const { bodies, closed } = open(user);
    await eventually(() => bodies.length === 1);
    await user.post('/api/auth/logout');
    expect(await closed).toBe(1008);
  });

  it('given that its session runs out, then 1008 at that second, and no other upgrade with it', async () => {
    const exp = Math.ceil(Date.now() / 1000) + 1;
    const brief = {
      cookies: new Map([['session_token', await sessionToken({ sub: 'brief', exp })]]),
    };
    const { bodies, closed } = open(brief);
    await eventually(() => bodies.length === 1);
    expect(await closed).toBe(1008);
    expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000);
    expect(await refused(open(brief))).toBe(401);
  });

  it('given more than a user may have, then the oldest gives way with 4000', async () => {
    const user = await gateway.newUser();
    const oldest = open(user);
    await eventually(() => oldest.bodies.length === 1);
    const others = Array.from({ length: 20 }, () => open(user));
    expect(await oldest.closed).toBe(4000);
    await eventually(() => others.every(({ bodies }) => bodies.length === 1));
    for (const { socket } of others) socket.terminate();
  });

  it('given words of the client, then they change nothing; given too many at once, then it ends', async () => {
    const user = await gateway.newUser();
    const { bodies, socket, closed } = open(user);
    await eventually(() => bodies.length === 1);
    socket.send('{"type":"sync","status":"complete"}');
    await user.seller.request();
    await eventually(() => bodies.length === 2);
    socket.send('x'.repeat(2000));
    await closed;
    expect((await user.get('/api/sync/status')).status).toBe(200);
  });

  it('given that the gateway stops, then 1001', async () => {
    const second = await openGatewayUnderTest({}, gateway);
    const { bodies, closed } = open(await gateway.newUser(), {}, second.origin);
    await eventually(() => bodies.length === 1);
    await second[Symbol.asyncDispose]();
    expect(await closed).toBe(1001);
  });
});

describe('other requests', () => {
  it('given GET /ws/status without an upgrade, then 426 as JSON', async () => {
    const { status, body } = await (await gateway.newUser()).get('/ws/status');
    expect({ status, code: body['code'] }).toEqual({ status: 426, code: 'upgrade_required' });
  });

  it.each([
    ['h2c', 'GET /api/auth/me', '', '200'],
    ['h2c', 'POST /api/sync/start', 'Content-Length: 0\r\n', 'amazon_not_connected'],
    ['h2c', 'POST /api/sync/start', 'Content-Length: 2\r\n', 'bad_request'],
    ['websocket', 'GET /api/auth/me', '', '200'],
    ['h2c', 'GET /ws/status', '', '400'],
  ])('given %s offered on %s, then an answer and the end of the connection', async (...asked) => {
    const [protocol, line, more, told] = asked;
    const user = await gateway.newUser();
    const { hostname, port } = new URL(gateway.origin);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
    socket.write(
      `${line} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: Upgrade, HTTP2-Settings\r\n` +
        `Upgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n${more}` +
        `Cookie: session_token=${user.cookies.get('session_token')}\r\n\r\n`,
    );
    await once(socket, 'close');
    expect(answer).toContain(told);
  });
});
