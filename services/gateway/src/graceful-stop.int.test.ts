import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '@recoup/testkit';
import { Client as Database } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './testing/client.js';
import { openGatewayPlace, type GatewayPlace } from './testing/gateway-process.js';
import { sessionToken } from './testing/session-token.js';

let place: GatewayPlace;
let admin: Database;

beforeAll(async () => {
  place = await openGatewayPlace();
  admin = new Database({ connectionString: place.database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await place[Symbol.asyncDispose]();
});

describe('a process that is told to stop', () => {
  it('given a request in flight, then it is answered, others are refused, and the process ends well', async () => {
    const gateway = await place.start();
    const client = new Client(place.origin, { session_token: await sessionToken({ sub: 'u-1' }) });
    // Its key cannot be taken: the handler waits for the database.
    await admin.query('begin; lock table gateway.kept_answer');
    const slow = client.post('/api/sync/start', { headers: { 'idempotency-key': 'slow' } });
    await eventually(async () => {
      const { rows } = await admin.query('select 1 from pg_locks where not granted');
      return rows.length > 0;
    });

    process.kill(gateway.pid, 'SIGTERM');
    const refused = await eventually(async () => {
      const answer = await client.get('/api/services/status');
      return answer.status === 200 ? null : answer;
    });
    expect(refused.status).toBe(503);
    expect(refused.body).toEqual({
      error: expect.any(String),
      message: expect.any(String),
      code: 'stopping',
      requestId: expect.any(String),
    });
    expect(refused.headers.get('connection')).toBe('close');
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    const stream = client.fetch('/api/sse/sync-progress/sync_1');
    await expect(stream, 'an EventSource comes back after this').rejects.toThrow('fetch failed');

    await admin.query('rollback');
    const answer = await slow;
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({
      status: 400,
      code: 'amazon_not_connected',
    });
    expect(answer.headers.get('connection')).toBe('close');
    expect(await gateway.exit).toEqual({ code: 0, signal: null });
    expect(gateway.output).not.toContain('could not close cleanly');
  });

  it('given connections that are idle, or have asked half a question, then they hold nothing up', async () => {
    const gateway = await place.start();
    const client = new Client(place.origin);
    expect((await client.get('/api/services/status')).status).toBe(200); // kept alive
    const half = connect(Number(new URL(place.origin).port), '127.0.0.1');
    half.on('error', () => undefined);
    half.write('GET /api/services/status HTTP/1.1\r\nHost: a\r\n');
    await once(half, 'connect');
    expect(await gateway.stop()).toEqual({ code: 0, signal: null });
    half.destroy();
  });
});
