import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from './testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
let user: User;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  user = await gateway.connectedUser();
  await gateway.database.drop();
});
afterAll(() => gateway[Symbol.asyncDispose]());

describe('given that the database is gone', () => {
  it.each([
    ['GET', '/api/sync/status'],
    ['GET', '/api/sync/status/sync_1'],
    ['GET', '/api/sse/sync-progress/sync_1'],
    ['GET', '/api/recoveries'],
    ['POST', '/api/sync/start'],
    ['POST', '/api/sync/cancel/sync_1'],
    ['GET', '/auth/amazon/start'],
  ])('then %s %s is 500 and says nothing of the inside', async (method, path) => {
    const { status, body, headers } = await user.ask(path, { method });
    expect(status).toBe(500);
    expect(body).toEqual({
      error: 'Something went wrong. Please try again later.',
      message: 'Something went wrong. Please try again later.',
      code: 'internal_error',
      requestId: headers.get('x-request-id'),
    });
    expect(gateway.logged()).toContain(String(body['requestId']));
  });

  it('then a seller who comes back from Amazon reads an error, not a machine’s answer', async () => {
    const headers = { cookie: 'oauth_browser=b' };
    const path = '/api/v1/integrations/amazon/auth/callback?state=s&spapi_oauth_code=the-code';
    const answer = await user.ask(path, { headers });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain('status=error&error=temporarily_unavailable');
    expect(gateway.logged()).not.toContain('the-code');
  });

  it('then the page, and what needs no database, are served, and the summary says what is down', async () => {
    expect((await gateway.stranger().get('/')).status).toBe(200);
    expect((await gateway.stranger().get('/api/sync/status')).status).toBe(401);
    expect((await user.get('/api/services/status')).body).toMatchObject({
      status: 'degraded',
      services: { gateway: 'ok', database: 'down', bus: 'ok' },
    });
  });
});
