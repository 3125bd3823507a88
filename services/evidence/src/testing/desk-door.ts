import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that went to the desk, and what the desk itself answered (null: it cut the connection). */
export interface DeskCall {
  readonly method: string;
  readonly idempotencyKey: string;
  /** When its first byte came, in milliseconds. */
  readonly begunAt: number;
  readonly userAgent: string;
  readonly status: number | null;
}

/** A door before a real desk: hears what is asked and answered, and may interfere before an answer goes back. */
export interface DeskDoor extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly DeskCall[];
  /** Called with each answer of the desk, before the caller gets it. */
  beforeAnswer: (call: DeskCall) => Promise<void>;
}

export async function openDeskDoor(deskUrl: string): Promise<DeskDoor> {
  const calls: DeskCall[] = [];
  const server = createServer((request, response) => void pass(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const door: DeskDoor = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    beforeAnswer: async () => undefined,
    [Symbol.asyncDispose]: () => close(server),
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begunAt = Date.now();
    const { method = 'GET', url = '/', headers } = request;
    const key =
      headers['idempotency-key'] ?? new URL(url, door.url).searchParams.get('idempotencyKey');
    const userAgent = headers['user-agent'] ?? '';
    const call = { method, idempotencyKey: String(key), userAgent, begunAt };
    try {
      const { status, text } = await forward(deskUrl + url, request);
      await noteAndAnswer({ ...call, status });
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    } catch {
      await noteAndAnswer({ ...call, status: null });
      request.socket.resetAndDestroy();
    }
  }

  async function noteAndAnswer(call: DeskCall): Promise<void> {
    // What became of a case that is filed is asked without a key, and is no part of filing it.
    if (call.idempotencyKey === 'null') return;
    calls.push(call);
    await door.beforeAnswer(call);
  }

  return door;
}

async function forward(url: string, request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const key = request.headers['idempotency-key'];
  const answer = await fetch(url, {
    method: request.method ?? 'GET',
    headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': String(key) }) },
    body: chunks.length === 0 ? null : Buffer.concat(chunks),
  });
  return { status: answer.status, text: await answer.text() };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** Calls after a call with the same key, without a look in between and without the desk's word that it took nothing. */
export function blindRepeats(calls: readonly DeskCall[]): number {
  const last = new Map<string, string>();
  return calls.filter(({ method, idempotencyKey, status }) => {
    const blind = method === 'POST' && last.get(idempotencyKey) === 'POST';
    last.set(idempotencyKey, status === 429 ? 'busy' : method);
    return blind;
  }).length;
}
