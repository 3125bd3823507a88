import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, sleep } from '@recoup/kernel';
import { Client } from 'pg';
import type { ChildSpec } from './child.js';
import { initialisePostgres } from './initialise-postgres.js';
import { postgresHome } from './postgres-home.js';

export class PostgresFailed extends AppError {
  readonly code = 'POSTGRES_FAILED';
}

export interface PostgresOptions {
  /** Where the data is kept (as root possibly elsewhere: see `postgresHome`). */
  readonly dataFolder: string;
  readonly port: number;
  /** Password of the superuser `postgres`, set when the data is made. */
  readonly password: string;
  /** False only for tests: without fsync a crash of the machine may lose data, a crash of the process may not. */
  readonly durable?: boolean;
}

/** Makes the data on first use and tells how to run the server. */
export function preparePostgres(options: PostgresOptions): { child: ChildSpec; url: string } {
  const home = postgresHome(options.dataFolder);
  initialisePostgres(home, { password: options.password, durable: options.durable !== false });
  removeStaleLock(home.data);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=128MB',
    `fsync=${options.durable === false ? 'off' : 'on'}`,
    'logging_collector=off',
    'log_min_messages=warning',
    'timezone=UTC',
  ];
  const args = [
    '-D',
    home.data,
    '-p',
    String(options.port),
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  return {
    child: {
      name: 'postgres',
      command: join(home.binaries, 'bin', 'postgres'),
      args,
      cwd: home.data,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
      ...(home.user && { user: home.user }),
      stopSignal: 'SIGINT', // fast shutdown: does not wait for clients
    },
    url: `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/postgres`,
  };
}

/** Waits until the server answers queries. */
export async function postgresReady(url: string, signal?: AbortSignal): Promise<void> {
  for (let tries = 0; tries < 300 && !signal?.aborted; tries += 1) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch {
      await sleep(100, signal);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new PostgresFailed('Postgres did not start in 30 seconds; see its log.');
}

/** Makes a database when it is not there yet, and answers its URL. */
export async function ensureDatabase(url: string, name: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const target = new URL(url);
  target.pathname = `/${name}`;
  return target.href;
}

/**
 * A server that was killed leaves its lock file. Postgres looks only whether some process has that number now, so after
 * a crash of the machine a stranger with the same number would block it for ever. A server of this data works in it.
 */
function removeStaleLock(data: string): void {
  const lock = join(data, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (worksIn(pid) !== realpathSync(data)) rmSync(lock, { force: true });
}

/** The folder that a process works in; null when it is gone, or not ours to see and so not ours. */
function worksIn(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
