import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { natsServer, type NatsServer } from './nats-server.js';
import { postgresServer, type PostgresServer } from './postgres-server.js';

function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('postgresServer', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('given committed rows and an open connection, when it is killed and restarted, then the rows are there', async () => {
    await query(server.adminUrl, 'create table kept as select 7 as n');
    const open = new Client({ connectionString: server.adminUrl });
    open.on('error', () => undefined); // the kill ends it
    await open.connect();
    await server.kill();
    expect(await listens(server.adminUrl)).toBe(false);
    await server.restart();
    expect(await query(server.adminUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('given a wrong password, then it lets nobody in', async () => {
    const wrong = new URL(server.adminUrl);
    wrong.password = 'wrong';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });
});

describe('natsServer', () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await natsServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('when it is killed and restarted, then it answers at the same address', async () => {
    const { url } = server;
    await server.kill();
    expect(await listens(url)).toBe(false);
    await server.restart();
    expect(server.url).toBe(url);
    expect(await listens(url)).toBe(true);
  });

  it('when it is wiped, then its store is gone, and it starts without it', async () => {
    await server.wipe();
    expect(existsSync(server.storeDir)).toBe(false);
    await server.restart();
    expect(await listens(server.url)).toBe(true);
  });

  it('when it is disposed, then neither server nor store is left', async () => {
    const own = await natsServer();
    await own[Symbol.asyncDispose]();
    expect(await listens(own.url)).toBe(false);
    expect(existsSync(own.storeDir)).toBe(false);
  });
});
