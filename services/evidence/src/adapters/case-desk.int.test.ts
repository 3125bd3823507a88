import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createNetServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseDesk, type CaseDesk } from './case-desk.js';
import { packet } from '../testing/packet.js';

const soon = (): number => performance.now() + 60_000;

const order = { idempotencyKey: 'key-1', requestedAt: new Date(0), packet };

/** A desk that says whatever a test wants to hear understood: answers that no proper desk gives. */
let server: Server;
let desk: CaseDesk;
let answer: { status: number; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  desk = openCaseDesk({ url: `http://127.0.0.1:${port}/desk/`, timeoutMs: 2000 });
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('given an answer to a case', () => {
  it.each([
    [201, '{"caseId":"77"}', { outcome: 'filed', caseId: '77' }],
    [200, '{"caseId":"77"}', { outcome: 'filed', caseId: '77' }],
    [201, '{}', { outcome: 'unknown' }],
    [200, '<html>', { outcome: 'unknown' }],
    [202, '{"caseId":"77"}', { outcome: 'unknown' }],
    [302, '', { outcome: 'unknown' }],
    [400, 'no quantity', { outcome: 'refused', reason: 'the desk answered 400: no quantity' }],
    [403, '', { outcome: 'refused', reason: 'the desk answered 403' }],
    [408, '', { outcome: 'unknown' }],
    [409, '{"code":"idempotency_key_reused"}', { outcome: 'unknown' }],
    [429, '', { outcome: 'not_now' }],
    [500, '', { outcome: 'unknown' }],
    [503, '', { outcome: 'unknown' }],
  ])('then %d %s means what it says and no more', async (status, body, meaning) => {
    answer = { status, body };
    expect(await desk.submit(order, soon())).toMatchObject(meaning);
  });

  it('then a long refusal is cut short', async () => {
    answer = { status: 400, body: 'x'.repeat(100_000) };
    const refused = await desk.submit(order, soon());
    expect(refused.outcome === 'refused' && refused.reason.length).toBeLessThan(400);
  });

  it('then a port where nobody listens has taken nothing', async () => {
    const { port } = server.address() as AddressInfo;
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const free = (other.address() as AddressInfo).port;
    other.close();
    await once(other, 'close');
    expect(free).not.toBe(port);
    const nobody = openCaseDesk({ url: `http://127.0.0.1:${free}`, timeoutMs: 2000 });
    expect(await nobody.submit(order, soon())).toMatchObject({ outcome: 'not_now' });
    expect(await nobody.lookUp?.('key-1', soon())).toMatchObject({ outcome: 'no_answer' });
  });
});

describe('given an answer to a look-up', () => {
  it.each([
    [200, '{"cases":[]}', { outcome: 'not_known' }],
    [200, '{"cases":[{"caseId":"77"}]}', { outcome: 'found', caseId: '77' }],
    [200, '{"cases":[{"caseId":"1","idempotencyKey":"other"}]}', { outcome: 'not_known' }],
    [
      200,
      '{"cases":[{"caseId":"1","idempotencyKey":"other"},{"caseId":"2","idempotencyKey":"key-1"}]}',
      { outcome: 'found', caseId: '2' },
    ],
    [200, '{}', { outcome: 'no_answer' }],
    [200, 'not json', { outcome: 'no_answer' }],
    [404, '', { outcome: 'no_answer' }],
    [503, '', { outcome: 'no_answer' }],
  ])('then %d %s is no more than it says', async (status, body, meaning) => {
    answer = { status, body };
    expect(await desk.lookUp?.('key-1', soon())).toMatchObject(meaning);
  });
});

describe('given leave to call that has run out', () => {
  it('then nothing is sent, whatever is asked for', async () => {
    answer = { status: 201, body: '{"caseId":"77"}' };
    const past = performance.now() - 1;
    expect(await desk.submit(order, past)).toEqual({
      outcome: 'not_now',
      reason: 'LEAVE_RAN_OUT',
      left: false,
    });
    expect(await desk.lookUp?.('key-1', past)).toMatchObject({ outcome: 'no_answer', left: false });
  });
});

describe('given a desk that answers twice', () => {
  it('then the second answer is nobody’s', async () => {
    const twice = createNetServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const key = /idempotency-key: (\S+)/i.exec(chunk.toString())?.[1] ?? '';
        const body = JSON.stringify({ caseId: `case of ${key}` });
        const said = `HTTP/1.1 201 Created\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
        socket.write(said + said);
      });
    });
    twice.listen(0, '127.0.0.1');
    await once(twice, 'listening');
    const { port } = twice.address() as AddressInfo;
    const stutters = openCaseDesk({ url: `http://127.0.0.1:${port}`, timeoutMs: 2000 });
    for (const idempotencyKey of ['one', 'two', 'three']) {
      const said = await stutters.submit({ ...order, idempotencyKey }, soon());
      expect(said).toEqual({ outcome: 'filed', caseId: `case of ${idempotencyKey}` });
    }
    twice.close();
  });
});
