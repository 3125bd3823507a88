import { connect, type Socket } from 'node:net';
import { sleep } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { Client } from '../testing/client.js';
import { openProgress } from '../testing/progress-client.js';
import { openEventStream, type EventStream } from './event-stream.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Server {
  readonly origin: string;
  readonly stop: AbortController;
  /** The stream of the one client, once it is there. */
  readonly stream: () => Promise<EventStream>;
}

async function serve({
  until = new Date('2100-01-01'),
  heartbeatMs = 60_000,
} = {}): Promise<Server> {
  const app = fastify({ forceCloseConnections: true });
  const stop = new AbortController();
  let stream: EventStream | undefined;
  app.get('/', (_request, reply) => {
    stream = openEventStream(reply.header('x-request-id', 'req_1'), {
      stop: stop.signal,
      until,
      heartbeatMs,
    });
    return reply;
  });
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(() => app.close());
  return { origin, stop, stream: () => eventually(() => stream) };
}

/** Frames of 16 KiB: 64 MiB in all, many times what the sockets of both ends hold. */
const ENOUGH = 4096;

describe('a stream', () => {
  it('given time without frames, then heartbeats come, and none is a message or moves the last id', async () => {
    const { origin, stream } = await serve({ heartbeatMs: 5 });
    const client = await openProgress(new Client(origin), '/');
    (await stream()).send({ shard: 3, position: 7 }, { progress: 1 });
    await eventually(() => client.comments.length >= 3);
    expect(client.frames).toEqual([{ id: '3-7', event: undefined, body: { progress: 1 } }]);
    expect(new Set(client.comments)).toEqual(new Set(['heartbeat']));
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

  it('given that the process stops, then the stream ends in order', async () => {
    const { origin, stop, stream } = await serve();
    const client = await openProgress(new Client(origin), '/');
    (await stream()).send({ shard: 3, position: 7 }, {});
    stop.abort();
    await client.ended;
    expect(client.frames).toHaveLength(1);
  });

  it('given a session that has ended, then the stream ends with the next heartbeat', async () => {
    const { origin, stream } = await serve({ until: new Date(Date.now() - 1), heartbeatMs: 5 });
    const client = await openProgress(new Client(origin), '/');
    await client.ended;
    expect((await stream()).signal.aborted).toBe(true);
    expect(client.comments).toEqual([]);
  });

  it('given a client that does not read, then it is dropped before it fills the memory', async () => {
    const { origin, stream } = await serve();
    await deafClient(origin);
    const { signal, send } = await stream();
    const frame = { text: 'x'.repeat(16 * 1024) };
    let sent = 0;
    while (!signal.aborted && sent < ENOUGH) {
      sent += 1;
      send({ shard: 0, position: sent }, frame);
      await sleep(0); // lets the socket take what it can
    }
    expect(signal.aborted).toBe(true);
    expect(sent).toBeLessThan(ENOUGH);
    expect(() => send({ shard: 0, position: 0 }, frame)).not.toThrow();
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
