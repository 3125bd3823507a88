import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startChild } from './child.js';
import { freePort } from './free-port.js';
import { forgetPostgres, postgresHome } from './postgres-home.js';
import { ensureDatabase, postgresReady, preparePostgres } from './postgres.js';
import { identify } from './process-identity.js';
import { stopProcess } from './stop-process.js';

let folder: string;
let dataFolder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recoup-postgres-'));
  dataFolder = join(folder, 'postgres');
});
afterEach(() => {
  forgetPostgres(dataFolder);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the server as long as `use` takes. */
async function withServer<T>(use: (url: string) => Promise<T>): Promise<T> {
  const port = await freePort();
  const { child, url } = preparePostgres({
    dataFolder,
    port,
    password: 'p@ss/w:rd',
    durable: false,
  });
  const server = startChild(child, folder);
  const ended = once(server, 'exit');
  try {
    await postgresReady(url);
    return await use(url);
  } finally {
    await stopProcess(identify(server.pid as number), { signal: 'SIGINT', graceMs: 10_000 });
    await ended;
  }
}

describe('the local Postgres', () => {
  it('given an interrupted first start, then the next one makes the data anew', async () => {
    const { data } = postgresHome(dataFolder);
    mkdirSync(`${data}.making`, { recursive: true });
    writeFileSync(join(`${data}.making`, 'PG_VERSION'), '17\n');
    const url = await withServer((server) => ensureDatabase(server, 'recoup'));
    expect(new URL(url).pathname).toBe('/recoup');
    expect(existsSync(`${data}.making`)).toBe(false);
  });

  it('given a lock file whose number belongs to another process now, then the server starts', async () => {
    await withServer(() => Promise.resolve());
    const { data } = postgresHome(dataFolder);
    writeFileSync(join(data, 'postmaster.pid'), `${process.pid}\n${data}\n0\n1\n\n127.0.0.1\n`);
    expect(await withServer(() => Promise.resolve('started'))).toBe('started');
  });

  it('given a database that is there, when it is asked for again, then it is the same one', async () => {
    await withServer(async (server) => {
      const first = await ensureDatabase(server, 'recoup');
      expect(await ensureDatabase(server, 'recoup')).toBe(first);
    });
  });
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  it('given a link that someone else left in its place, then it refuses to follow it', () => {
    // The name is predictable, so only its owner protects it.
    const { data } = postgresHome(dataFolder);
    const home = join(data, '..');
    rmSync(home, { recursive: true, force: true });
    const target = join(folder, 'precious');
    mkdirSync(target);
    symlinkSync(target, home);
    expect(() => postgresHome(dataFolder)).toThrow(/not ours/);
    rmSync(home);
  });
});
