import {
  chownSync,
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError, sleep } from '@recoup/kernel';
import { Client } from 'pg';
import type { ChildSpec } from './child.js';
import { initialisePostgres } from './initialise-postgres.js';
import { postgresHome, type PostgresHome } from './postgres-home.js';

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
  /** With it the server is reached by TLS only. */
  readonly tls?: PostgresTls;
}

export interface PostgresTls {
  readonly certFile: string;
  readonly keyFile: string;
  /** Signed the server's certificate, which names 127.0.0.1. */
  readonly caFile: string;
  /** Who may come in how (`pg_hba.conf`). */
  readonly hbaFile: string;
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
    ...(options.tls ? tlsSettings(home, options.tls) : []),
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
    url: urlOf(options),
  };
}

function urlOf({ password, port, tls }: PostgresOptions): string {
  const query = tls ? `?sslmode=verify-full&sslrootcert=${encodeURIComponent(tls.caFile)}` : '';
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres${query}`;
}

/** Postgres reads a key only when nobody else can: it gets copies of its own. */
function tlsSettings({ data, user }: PostgresHome, tls: PostgresTls): string[] {
  const own = (file: string, name: string): string => {
    const copy = join(data, name);
    writeFileSync(copy, readFileSync(file), { mode: 0o600 });
    if (user) chownSync(copy, user.uid, user.gid);
    return copy;
  };
  return [
    'ssl=on',
    `ssl_cert_file=${own(tls.certFile, 'server.pem')}`,
    `ssl_key_file=${own(tls.keyFile, 'server.key')}`,
    `hba_file=${own(tls.hbaFile, 'own_hba.conf')}`,
  ];
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
