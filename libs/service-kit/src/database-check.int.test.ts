import { createServer, type AddressInfo } from 'node:net';
import { createDatabase } from '@recoup/testkit';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { databaseCheck } from './database-check.js';
import { openPool } from './pool.js';

const log = pino({ level: 'silent' });

it('given a database that answers, then it is said', async () => {
  await using database = await createDatabase();
  const pool = openPool({ url: database.urlOf('recoup_gateway_follow'), name: 'testing', log });
  expect(await databaseCheck({ pool, log })()).toBe(true);
  await pool.end();
});

it('given one that takes connections and is silent, then soon it is said that it does not, and it is asked once', async () => {
  let connections = 0;
  const silent = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const pool = openPool({
    url: `postgres://recoup@127.0.0.1:${port}/recoup`,
    name: 'testing',
    log,
  });
  const check = databaseCheck({ pool, log });
  expect(await Promise.all([check(), check(), check()])).toEqual([false, false, false]);
  expect(await check()).toBe(false);
  expect(connections).toBe(1);
  silent.close();
});
