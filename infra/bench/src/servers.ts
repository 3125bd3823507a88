import { migrate, LOGIN_ROLES, roleUrl } from '@recoup/migrate';
import { newId } from '@recoup/kernel';
import { postgresServer } from '@recoup/testkit';
import { Client } from 'pg';
import type { BenchServers } from './workload.js';

const PASSWORD = 'bench';

export interface RunningServers extends BenchServers, AsyncDisposable {
  readonly postgresVersion: string;
}

/** A Postgres of its own, with fsync as in production. Everything that is measured stands on it, each side in its database. */
export async function startServers(): Promise<RunningServers> {
  const server = await postgresServer({ durable: true });
  const closing: (() => Promise<unknown>)[] = [];
  const sql = async <T extends object>(statement: string): Promise<T[]> => {
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
      await server[Symbol.asyncDispose]();
    },
  };
}
