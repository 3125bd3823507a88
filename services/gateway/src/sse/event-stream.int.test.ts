import { connect, type Socket } from 'node:net';
import { sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import { openProgress } from '../testing/progress-client.js';
import type { EventId } from './event-id.js';
import { openEventStream } from './event-stream.js';
import { Frame } from './frame.js';
import type { LiveStream } from './live-stream.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Server {
  readonly origin: string;
  /** The stream of the one client, once it is there. */
  readonly stream: () => Promise<LiveStream>;
}

async function serve(reached?: () => EventId): Promise<Server> {
  const app = fastify({ forceCloseConnections: true });
  let stream: LiveStream | undefined;
  app.get('/', (_request, reply) => {
    stream = openEventStream(reply.header('x-request-id', 'req_1'), reached);
    return reply;
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(() => app.close());
  return { origin, stream: () => eventually(() => stream) };
}

const frame = (position: number, body: object = {}): Frame =>
  new Frame({ shard: 3, position }, body);

/** Frames of 16 KiB: 64 MiB in all, many times what the sockets of both ends hold. */
const ENOUGH = 4096;

describe('a stream', () => {
  it('given heartbeats, then none is a message, and the client is told once when to come back', async () => {
    const { origin, stream } = await serve();
    const client = await openProgress(new Client(origin), '/');
    const { send, beat } = await stream();
    send(frame(7, { progress: 1 }));
    beat();
    beat();
    await eventually(() => client.comments.length === 2);
    expect(client.frames).toEqual([{ id: '3-7', event: undefined, body: { progress: 1 } }]);
    expect(client.comments).toEqual(['heartbeat', 'heartbeat']);
    expect(client.text.match(/^retry: \d+$/gm)).toHaveLength(1);
    expect(client.text).not.toContain('event:');
    client.hangUp();
  });

  it('given a place up to which all is told, then a heartbeat moves the id, and is still no message', async () => {
    const { origin, stream } = await serve(() => ({ shard: 3, position: 90 }));
    const client = await openProgress(new Client(origin), '/');
    (await stream()).beat();
    await eventually(() => client.comments.length === 1);
    expect(client.text).toContain('id: 3-90\n: heartbeat\n\n');
    expect(client.frames).toEqual([]);
    client.hangUp();
  });

  it('given headers that were set on the reply, then they are on the stream', async () => {
    const { origin } = await serve();
    const client = await openProgress(new Client(origin), '/');
    expect(client.response.headers.get('x-request-id')).toBe('req_1');
    client.hangUp();
  });

  it('given a client that leaves, then the stream is over', async () => {
    const { origin, stream } = await serve();
    const client = await openProgress(new Client(origin), '/');
    const { signal } = await stream();
    client.hangUp();
    await eventually(() => signal.aborted);
  });

  it('given that the process stops, then the client gets what was sent, and comes back later than another', async () => {
    const { origin, stream } = await serve();
    const client = await openProgress(new Client(origin), '/');
    const { send, close } = await stream();
    send(frame(7));
    close('stopping');
    await client.ended;
    expect(client.frames).toHaveLength(1);
    expect(client.text.match(/^retry: \d+$/gm)).toHaveLength(2);
  });

  it('given a client that does not read, then it is dropped before it fills the memory', async () => {
    const { origin, stream } = await serve();
    await deafClient(origin);
    const { signal, send } = await stream();
    const text = 'x'.repeat(16 * 1024);
    let sent = 0;
    while (!signal.aborted && sent < ENOUGH) {
      sent += 1;
      send(frame(sent, { text }));
      await sleep(0); // lets the socket take what it can
    }
    expect(signal.aborted).toBe(true);
    expect(sent).toBeLessThan(ENOUGH);
    expect(() => send(frame(0))).not.toThrow();
  });
});

/** Asks, and never reads the answer. */
async function deafClient(origin: string): Promise<Socket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).pause();
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  closers.push(() => socket.destroy());
  return socket;
}
