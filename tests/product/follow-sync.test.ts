import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Browser } from './browser.js';
import { followSync, type Followed } from './follow-sync.js';

const COMPLETE = { status: 'complete', progress: 100 };

function frame(position: number, change: object): string {
  const data = {
    ...{ syncId: 'sync_1', status: 'in_progress', message: '', ordersProcessed: 0 },
    ...{ totalOrders: null, claimsDetected: null, progress: 10 },
    ...change,
  };
  return `id: 3-${position}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** What a server answers to one connection after the other: frames, or a status that is not 200. */
type Answer = readonly string[] | number;

/** Follows a sync at a server that answers so, and then 204. Also answers the last ids that it was given. */
async function follow(
  answers: readonly Answer[],
  hangUpAfter = Infinity,
): Promise<Followed & { lastIds: unknown[] }> {
  const left = [...answers];
  const lastIds: unknown[] = [];
  const server = createServer((request, response) => {
    lastIds.push(request.headers['last-event-id']);
    const answer = left.shift() ?? 204;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200, { 'content-type': 'text/event-stream' }).end(answer.join(''));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const browser = new Browser(`http://127.0.0.1:${port}`);
    return { ...(await followSync(browser, 'sync_1', { hangUpAfter })), lastIds };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('given a stream of progress', () => {
  it('when it breaks off, then it is taken up with the last id until the server says that it is over', async () => {
    const followed = await follow([
      [frame(1, { reset: true }), frame(2, {})],
      [frame(4, COMPLETE)],
    ]);
    expect(followed.frames.map(({ position }) => position)).toEqual([1, 2, 4]);
    expect(followed.lastIds).toEqual([undefined, '3-2', '3-4']);
    expect(followed.connections).toBe(3);
  });

  it('when the client hangs up, then what follows in the same chunk was not read', async () => {
    const frames = [frame(1, {}), frame(2, {}), frame(3, COMPLETE)];
    const followed = await follow([frames, frames.slice(1), frames.slice(2)], 1);
    expect(followed.frames.map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it.each([
    ['comes twice', [[frame(1, {}), frame(1, {})]]],
    ['comes again after a reconnect', [[frame(1, {}), frame(2, {})], [frame(2, {})]]],
    ['falls back', [[frame(1, { progress: 11 }), frame(2, { progress: 10 })]]],
    ['is a snapshot in the middle', [[frame(1, {})], [frame(2, { reset: true })]]],
    ['comes after the end', [[frame(1, COMPLETE), frame(2, COMPLETE)]]],
    ['has no id', [['data: {}\n\n']]],
    ['is named', [[`event: progress\n${frame(1, {})}`]]],
    ['is the last without being the end', [[frame(1, {})]]],
  ])('when a frame %s, then it is refused', async (_, answers) => {
    await expect(follow(answers)).rejects.toMatchObject({ code: 'BAD_FRAMES' });
  });

  it('when a reconnect meets a status that ends an event source for good, then it is refused', async () => {
    await expect(follow([[frame(1, {})], 500])).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
    });
  });
});
