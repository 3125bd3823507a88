import { shardOf } from '@recoup/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGatewayUnderTest, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { openProgress } from '../testing/progress-client.js';

let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
});
afterAll(() => gateway[Symbol.asyncDispose]());

it('given a seller who was forgotten, when a client comes back with an id from before, then it is told nothing of then', async () => {
  const user = await gateway.newUser();
  await user.seller.connect();
  await user.seller.request();
  const before = `${shardOf(user.tenantId)}-1`;
  const path = '/api/v1/integrations/disconnect?provider=amazon&purge=1';
  expect((await user.post(path)).status).toBe(200);
  const feed = await openProgress(user, '/api/sse/status', before);
  const { body } = await feed.frame(1);
  feed.hangUp();
  expect(body).toMatchObject({ type: 'sync', reset: true });
  expect(JSON.stringify(feed.frames)).not.toContain(`"in_progress"`);
});
