import { randomBytes } from 'node:crypto';
import { AppError } from '@recoup/kernel';
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
  const drop = (): Promise<void> => run(serverUrl, `drop database if exists ${name} with (force)`);
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

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
