import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, describe, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { LiveStream } from './live-stream.js';
import { openSocketStream } from './socket-stream.js';

const closers: (() => unknown)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

/** A client that answers pings or does not, and its stream at the server. */
async function connect(autoPong: boolean): Promise<{ client: WebSocket; stream: LiveStream }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  closers.push(() => server.close());
  await once(server, 'listening');
  const connected = once(server, 'connection');
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    autoPong,
  });
  closers.push(() => client.terminate());
  client.on('error', () => undefined);
  const [socket] = (await connected) as [WebSocket];
  if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
  return { client, stream: openSocketStream(socket) };
}

describe('a WebSocket that is asked whether it is alive', () => {
  it('given no answer until it is asked again, then it is gone', async () => {
    const { client, stream } = await connect(false);
    const closed = once(client, 'close');
    const asked = once(client, 'ping');
    stream.beat();
    await asked;
    expect(stream.signal.aborted).toBe(false);
    stream.beat();
    expect(stream.signal.aborted).toBe(true);
    const [code] = (await closed) as [number];
    expect(code).toBe(1006); // cut, with no word of goodbye
  });

  it('given an answer each time, then it stays', async () => {
    const { client, stream } = await connect(true);
    for (let asking = 0; asking < 3; asking += 1) {
      const asked = once(client, 'ping');
      stream.beat();
      await asked;
      // The server answers in order: with this answer it has heard the one before.
      const heard = once(client, 'pong');
      client.ping();
      await heard;
    }
    expect(stream.signal.aborted).toBe(false);
  });
});
