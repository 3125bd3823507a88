import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { eventually } from '@recoup/testkit';
import { expect, it } from 'vitest';
import { openFollowedClock } from './followed-clock.js';

const DAY_MS = 86_400_000;

it('given a clock that is moved, then services that follow it move with it, and never back', async () => {
  let aheadMs = 3 * DAY_MS;
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ now: new Date(Date.now() + aheadMs).toISOString() }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const clock = await openFollowedClock(`http://127.0.0.1:${port}/clock`);
  const days = () => Math.floor((clock.now().getTime() - Date.now() + DAY_MS / 2) / DAY_MS);
  expect(days()).toBe(3);
  const stop = new AbortController();
  const following = clock.follow(stop.signal, () => undefined);
  aheadMs = 30 * DAY_MS;
  await eventually(() => days() === 30);
  aheadMs = 0;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  expect(days()).toBe(30);
  stop.abort();
  await following;
});

it('given no such clock, then that is said at once', async () => {
  await expect(openFollowedClock('http://127.0.0.1:1/clock')).rejects.toThrow();
});
