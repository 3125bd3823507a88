import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWebhookDesk } from './webhook-desk.js';
import type { CaseDesk, CaseOrder } from './case-desk.js';
import { packet } from '../testing/packet.js';

const secret = `whsec_${Buffer.alloc(24, 'k').toString('base64')}`;
const order: CaseOrder = {
  idempotencyKey: 'filing_1',
  requestedAt: new Date('2026-11-20T12:00:00Z'),
  packet,
};

let server: Server;
let desk: CaseDesk;
let answer: { status: number; body: string };
let heard: { headers: IncomingHttpHeaders; body: string }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/claims`;
  desk = openWebhookDesk({ url, secret, timeoutMs: 2000, publicOnly: false });
});
beforeEach(() => {
  heard = [];
  answer = { status: 204, body: '' };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const submit = () => desk.submit(order, performance.now() + 60_000);

describe("given a seller's own case desk", () => {
  it('then what it gets is signed as Standard Webhooks says, and says who calls', async () => {
    expect(await submit()).toEqual({ outcome: 'handed_over' });
    const [message] = heard;
    const headers = message?.headers as Record<string, string>;
    expect(new Webhook(secret).verify(message?.body ?? '', headers)).toEqual({
      type: 'claim.filing_requested',
      timestamp: '2026-11-20T12:00:00.000Z',
      data: order.packet,
    });
    expect(headers['user-agent']).toContain('Recoup');
    const other = new Webhook(`whsec_${Buffer.alloc(24, 'x').toString('base64')}`);
    expect(() => other.verify(message?.body ?? '', headers)).toThrow();
    const changed = message?.body.replace('"quantity":4', '"quantity":9') ?? '';
    expect(() => new Webhook(secret).verify(changed, headers)).toThrow();
  });

  it('when it is sent again, then it is the same message under the same id', async () => {
    answer = { status: 503, body: '' };
    await submit();
    await submit();
    const [one, two] = heard;
    expect(one?.headers['webhook-id']).toBe('filing_1');
    expect(two?.headers['webhook-id']).toBe('filing_1');
    expect(two?.body).toBe(one?.body);
    expect(desk.lookUp).toBeNull();
  });

  it.each([
    [200, '{"amazonCaseId":"15900"}', { outcome: 'filed', caseId: '15900' }],
    [200, '{"ok":true}', { outcome: 'handed_over' }],
    [202, '', { outcome: 'handed_over' }],
    [307, '', { outcome: 'unknown' }],
    [401, '', { outcome: 'refused' }],
    [410, '', { outcome: 'refused' }],
    [429, '', { outcome: 'not_now', left: true }],
    [500, '', { outcome: 'unknown' }],
  ])('when it answers %d %s, then that is what it means', async (status, body, meaning) => {
    answer = { status, body };
    expect(await submit()).toMatchObject(meaning);
    expect(heard).toHaveLength(1);
  });
});
