import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../testing/client.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';

let gateway: GatewayUnderTest;
let admin: Client;
let user: User;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  admin = new Client({ connectionString: gateway.database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await gateway[Symbol.asyncDispose]();
});
beforeEach(async () => {
  user = await gateway.connectedUser();
});

const PATHS = ['/api/sync/start', '/api/v1/integrations/amazon/sync'];

const start = (path: string, key = 'click-1'): Promise<Answer> =>
  user.post(path, { headers: { 'idempotency-key': key } });

/** As if the process had died between its append and the keeping of its answer. */
async function forgetAnswers(): Promise<void> {
  await admin.query('delete from gateway.kept_answer');
}

const idOf = ({ status, body }: Answer): string => {
  expect(status).toBe(200);
  return String(body['syncId']);
};

const total = async (): Promise<unknown> => (await user.get('/api/sync/history')).body['total'];

describe.each(PATHS)('a repeated POST %s whose first answer was never kept', (path) => {
  it('given that the sync runs, then the same sync', async () => {
    const first = idOf(await start(path));
    await forgetAnswers();
    expect(idOf(await start(path))).toBe(first);
    expect(await total()).toBe(1);
  });

  it('given that the sync has ended, another one runs, and the consent is lost, then still the same sync', async () => {
    const first = idOf(await start(path));
    await user.seller.complete(first);
    const other = idOf(await start(path, 'click-2'));
    await user.seller.loseConsent();
    await forgetAnswers();
    expect(idOf(await start(path))).toBe(first);
    expect(idOf(await start(path, 'click-2'))).toBe(other);
    expect(await total()).toBe(2);
  });

  it('given that it joined the sync that connecting began, then that sync, also after its end', async () => {
    const connected = await user.seller.request('connected');
    expect(idOf(await start(path))).toBe(connected);
    await forgetAnswers();
    expect(idOf(await start(path))).toBe(connected);
    await user.seller.complete(connected);
    await forgetAnswers();
    expect(idOf(await start(path))).toBe(connected);
    expect(await total()).toBe(1);
  });

  it('given another key, then it is another start', async () => {
    const connected = await user.seller.request('connected');
    expect(idOf(await start(path))).toBe(connected);
    const refused = await start(path, 'click-2');
    expect(refused.body).toMatchObject({ code: 'sync_in_progress', existingSyncId: connected });
  });
});
