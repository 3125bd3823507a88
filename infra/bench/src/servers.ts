import { migrate, LOGIN_ROLES, roleUrl } from '@recoup/migrate';
import { newId, sleep } from '@recoup/kernel';
import { postgresServer } from '@recoup/testkit';
import { Client } from 'pg';
import type { BenchServers } from './workload.js';

const PASSWORD = 'bench';
/** Long enough for whatever was closed; who stays longer loses his connection, as before. */
const CLOSING_MS = 10_000;

export interface RunningServers extends BenchServers, AsyncDisposable {
  readonly postgresVersion: string;
}

/**
 * A Postgres of its own, with fsync as in production unless what is measured does not wait for it. Everything that is measured
 * stands on it, each side in its database.
 */
export async function startServers({ durable = true } = {}): Promise<RunningServers> {
  const server = await postgresServer({ durable });
  const closing: (() => Promise<unknown>)[] = [];
  const sql: Sql = async <T extends object>(statement: string): Promise<T[]> => {
    const client = new Client({ connectionString: server.adminUrl });
    await client.connect();
    return client
      .query<T>(statement)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };
  const emptyDatabase = async (): Promise<string> => {
    const name = `bench_${newId().replaceAll('-', '')}`;
    await sql(`create database ${name}`);
    const url = new URL(server.adminUrl);
    url.pathname = `/${name}`;
    return url.href;
  };
  const [version] = await sql<{ server_version: string }>('show server_version');
  return {
    postgresVersion: version?.server_version ?? 'unknown',
    emptyDatabase,
    async database() {
      const adminUrl = await emptyDatabase();
      await migrate({
        adminUrl,
        passwords: Object.fromEntries(LOGIN_ROLES.map((role) => [role, PASSWORD])),
      });
      return { adminUrl, urlOf: (role) => roleUrl(adminUrl, role, PASSWORD) };
    },
    onEnd: (close) => closing.push(close),
    async [Symbol.asyncDispose]() {
      for (const close of closing.reverse()) await close();
      await leftAlone(sql);
      await server[Symbol.asyncDispose]();
    },
  };
}

type Sql = <T extends object>(statement: string) => Promise<T[]>;

/**
 * Waits for connections that are closing: a pool has ended before its sockets have, and one that the server cut off would be
 * an error that nobody hears.
 */
async function leftAlone(sql: Sql): Promise<void> {
  const others = `select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  const until = Date.now() + CLOSING_MS;
  while (Date.now() < until && (await sql(others)).length > 0) await sleep(20);
}
