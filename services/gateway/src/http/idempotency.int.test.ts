import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Client } from '../testing/client.js';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { standInForIngestion, type IngestionStandIn } from '../testing/ingestion-stand-in.js';

let gateway: GatewayUnderTest;
let ingestion: IngestionStandIn;
let admin: Pool;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  ingestion = standInForIngestion(gateway);
  admin = new Pool({ connectionString: gateway.database.adminUrl });
  admin.on('error', () => undefined);
});
afterAll(async () => {
  await admin.end();
  await gateway[Symbol.asyncDispose]();
});

const START = '/api/sync/start';
const CONNECT = '/api/v1/integrations/amazon/connect';
const REFRESH_TOKEN = 'Atzr|a-refresh-token-that-nobody-may-keep';

function start(client: Client, key: string, path = START): Promise<Answer> {
  return client.post(path, { headers: { 'idempotency-key': key } });
}

function connect(client: Client, key: string, refreshToken = REFRESH_TOKEN): Promise<Answer> {
  return client.post(CONNECT, {
    headers: { 'idempotency-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({
      sellingPartnerId: `A${key.toUpperCase().replaceAll('-', '')}`,
      refreshToken,
    }),
  });
}

async function connectedUser(): Promise<User> {
  const user = await gateway.connectedUser();
  return user;
}

describe('a repeat with the same key', () => {
  it('given that the first was answered, then it gets that answer, also after the sync has ended', async () => {
    const user = await connectedUser();
    const first = await start(user, 'click-1');
    expect(first.status).toBe(200);
    expect(first.headers.has('idempotency-replayed')).toBe(false);
    await user.seller.complete(String(first.body['syncId']));

    const again = await start(user, 'click-1');
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect((await user.get('/api/sync/history')).body['total']).toBe(1);
  });

  it('given twenty at one instant, then one runs and all get its answer', async () => {
    const user = await connectedUser();
    const answers = await Promise.all(Array.from({ length: 20 }, () => start(user, 'burst')));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
  });

  it('given a refusal, then nothing is kept, and the next try runs', async () => {
    const user = await gateway.newUser();
    expect((await start(user, 'too-early')).body['code']).toBe('amazon_not_connected');
    await user.seller.connect();
    const answer = await start(user, 'too-early');
    expect(answer.status).toBe(200);
    expect(answer.headers.has('idempotency-replayed')).toBe(false);
  });

  it('given another body, then 422, and nothing is done', async () => {
    const user = await gateway.newUser();
    ingestion.reset();
    expect((await connect(user, 'link')).status).toBe(200);
    const other = await connect(user, 'link', 'Atzr|another');
    expect({ status: other.status, code: other.body['code'] }).toEqual({
      status: 422,
      code: 'idempotency_key_reused',
    });
    expect((await connect(user, 'link')).status).toBe(200);
    expect(ingestion.requests).toHaveLength(1);
  });
});

describe('a key', () => {
  it("is its tenant's and its route's own", async () => {
    const [one, other] = [await connectedUser(), await connectedUser()];
    const ids = await Promise.all([start(one, 'same'), start(other, 'same')]);
    expect(ids.map(({ status }) => status)).toEqual([200, 200]);
    expect(ids[0]?.body['syncId']).not.toBe(ids[1]?.body['syncId']);
    const alias = await start(one, 'same', '/api/v1/integrations/sync/start');
    expect(alias.body['code']).toBe('sync_in_progress');
  });

  it.each([
    ['nothing', ''],
    ['more than 200 characters', 'k'.repeat(201)],
    ['what is not ASCII', 'clé'],
    ['a control character', 'a\tb'],
  ])('given %s, then 400', async (_, key) => {
    const answer = await start(await connectedUser(), key);
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({
      status: 400,
      code: 'invalid_request',
    });
    expect(answer.body['message']).toContain('Idempotency-Key');
  });

  it('given 200 characters, or a route that creates nothing, then it is fine', async () => {
    const user = await connectedUser();
    expect((await start(user, '~'.repeat(200))).status).toBe(200);
    const headers = { 'idempotency-key': '' };
    expect((await user.ask('/api/sync/status', { headers })).status).toBe(200);
  });

  it('given no session, then 401 before the key is looked at', async () => {
    expect((await start(gateway.stranger(), 'x'.repeat(999))).status).toBe(401);
  });
});

describe('what is kept', () => {
  it('given a seller who disconnects with a purge, then it is erased', async () => {
    const user = await gateway.newUser();
    expect((await connect(user, 'to-be-erased')).status).toBe(200);
    const kept = async (): Promise<number | null> => {
      const sql = 'select 1 from gateway.kept_answer where tenant_id = $1';
      return (await admin.query(sql, [user.tenantId])).rowCount;
    };
    expect(await kept()).toBe(1);
    const path = '/api/v1/integrations/disconnect?provider=amazon&purge=1';
    expect((await user.post(path)).status).toBe(200);
    expect(await kept()).toBe(0);
  });

  it('holds neither the key nor a secret of the request', async () => {
    const user = await gateway.newUser();
    expect((await connect(user, 'a-key-nobody-needs')).status).toBe(200);
    const { rows } = await admin.query('select * from gateway.kept_answer');
    expect(rows.length).toBeGreaterThan(0);
    const kept = JSON.stringify(rows);
    for (const secret of [REFRESH_TOKEN, 'a-key-nobody-needs']) expect(kept).not.toContain(secret);
    expect(gateway.logged()).not.toContain(REFRESH_TOKEN);
  });
});
