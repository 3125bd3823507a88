import { randomBytes } from 'node:crypto';
import { AppError, sleep } from '@recoup/kernel';
import { roleUrl } from '@recoup/migrate';
import { Client } from 'pg';
import { testServers } from './test-servers.js';

export class UnknownRole extends AppError {
  readonly code = 'UNKNOWN_ROLE';
}

/** A migrated database of a suite's own. */
export interface TestDatabase extends AsyncDisposable {
  /** The superuser's URL of this database. */
  readonly adminUrl: string;
  /** The URL of a login role such as `recoup_gateway_tenant`. Throws UnknownRole. */
  urlOf(role: string): string;
  /** Deletes it, ending the connections that are still open. */
  drop(): Promise<void>;
}

/** Copies the migrated template into a fresh database: a suite shares no row and no sequence with another. */
export async function createDatabase(): Promise<TestDatabase> {
  const { adminUrl: serverUrl, template, passwords } = testServers();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(serverUrl, `create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const adminUrl = url.href;
  const drop = async (): Promise<void> => {
    await leftAlone(serverUrl, name);
    await run(serverUrl, `drop database if exists ${name} with (force)`);
  };
  return {
    adminUrl,
    urlOf(role) {
      const password = passwords[role];
      if (password === undefined) throw new UnknownRole(`no such login role: ${role}`);
      return roleUrl(adminUrl, role, password);
    },
    drop,
    [Symbol.asyncDispose]: drop,
  };
}

/** Long enough for connections that were just closed to be gone at the server's end. */
const CLOSING_MS = 3000;

/**
 * Waits a little until nobody is connected. A pool that has ended is still taking leave of the server; forced out in that
 * moment, its client would throw where no test can catch it.
 */
async function leftAlone(serverUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const until = Date.now() + CLOSING_MS;
    while (Date.now() < until) {
      const connected = await client.query('select from pg_stat_activity where datname = $1', [
        name,
      ]);
      if (connected.rowCount === 0) return;
      await sleep(20);
    }
  } finally {
    await client.end();
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
