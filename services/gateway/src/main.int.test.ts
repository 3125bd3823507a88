import { eventually, spawnService } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './testing/client.js';
import { GATEWAY_SCRIPT, openGatewayPlace, type GatewayPlace } from './testing/gateway-process.js';
import { SECRET } from './testing/session-token.js';

const nowhere = {
  DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
  DATABASE_TENANT_URL: 'postgres://nobody@127.0.0.1/none',
  NATS_URL: 'nats://127.0.0.1:1',
  SESSION_JWT_SECRET: SECRET,
};

describe('given a setting that is missing or wrong', () => {
  // Which settings are wrong is in settings.test.ts: here, what becomes of the process.
  it.each([
    ['SESSION_JWT_SECRET', 'too-short'],
    ['DATABASE_TENANT_URL', undefined],
    ['NATS_URL', undefined],
  ])('then the process ends and names %s (%s), but no value', async (name, value) => {
    const env: Record<string, string> = { ...nowhere };
    if (value === undefined) Reflect.deleteProperty(env, name);
    else env[name] = value;
    const service = await spawnService({ script: GATEWAY_SCRIPT, env });
    expect((await service.exit).code).toBe(1);
    expect(service.output).toContain(value === undefined ? `${name} is not set` : `${name}: `);
    expect(service.output).not.toContain(SECRET);
  });
});

it('given servers that are not there, when it is told to stop, then it ends in order', async () => {
  const service = await spawnService({ script: GATEWAY_SCRIPT, env: nowhere });
  await eventually(() => service.output.includes('"msg":"starting"'));
  expect(await service.stop()).toEqual({ code: 0, signal: null });
});

describe('the process', () => {
  const TOKEN = 'the-token-of-this-start-only';
  let place: GatewayPlace;
  let origin: string;

  beforeAll(async () => {
    place = await openGatewayPlace({ LOCAL_SIGN_IN_TOKEN: TOKEN, LOCAL_USER_ID: 'local-1' });
    ({ origin } = place);
  });
  afterAll(() => place[Symbol.asyncDispose]());

  const signIn = (client: Client, token = TOKEN) => client.get(`/auth/local?token=${token}`);

  it('given its sign-in link, then it works once, also after a kill and a restart; the session lasts', async () => {
    const first = await place.start();
    const client = new Client(origin);
    expect((await client.ask(`/auth/local?token=${TOKEN}`, { method: 'HEAD' })).status).toBe(404);
    expect((await signIn(client, 'guessed')).status).toBe(401);
    const answer = await signIn(client);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/');
    expect((await client.get('/api/auth/me')).body).toMatchObject({ user: { id: 'local-1' } });
    const stranger = new Client(origin);
    expect((await signIn(stranger)).status).toBe(401);
    await first.kill9();

    const second = await place.start();
    const again = await signIn(stranger);
    expect({ status: again.status, code: again.body['code'] }).toEqual({
      status: 401,
      code: 'link_used',
    });
    expect((await client.get('/api/auth/me')).status).toBe(200);
    // Whoever is signed in may follow the link again: it is where the terminal points.
    expect((await signIn(client)).status).toBe(302);
    expect((await second.stop()).code).toBe(0);
    expect(first.output + second.output).not.toContain(TOKEN);
  });
});
