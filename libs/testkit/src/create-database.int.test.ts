import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createDatabase } from './create-database.js';
import { testServers } from './test-servers.js';

async function query<R extends object>(url: string, text: string): Promise<R[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('createDatabase', () => {
  it('given two suites, when one writes, then the other sees nothing of it', async () => {
    await using first = await createDatabase();
    await using second = await createDatabase();
    await query(first.adminUrl, 'create table only_here (n int)');
    const find = `select to_regclass('public.only_here') as found`;
    expect(await query(first.adminUrl, find)).toEqual([{ found: 'only_here' }]);
    expect(await query(second.adminUrl, find)).toEqual([{ found: null }]);
  });

  it('given a fresh database, then every migration is in it', async () => {
    await using database = await createDatabase();
    const names = await query<{ name: string }>(
      database.adminUrl,
      'select name from public.recoup_migration',
    );
    expect(names.map(({ name }) => name)).toContain('0010-log');
  });

  it('given a login role, when it signs in with its URL, then it is that role and no superuser', async () => {
    await using database = await createDatabase();
    const rows = await query(
      database.urlOf('recoup_gateway_tenant'),
      `select current_user::text as role, current_setting('is_superuser') as super`,
    );
    expect(rows).toEqual([{ role: 'recoup_gateway_tenant', super: 'off' }]);
    expect(() => database.urlOf('recoup_nobody')).toThrow('no such login role');
  });

  it('given a connection that is still open, when the database is dropped, then it is gone', async () => {
    const database = await createDatabase();
    const lingering = new Client({ connectionString: database.adminUrl });
    lingering.on('error', () => undefined); // the server ends it
    await lingering.connect();
    await database.drop();
    const name = new URL(database.adminUrl).pathname.slice(1);
    const { adminUrl } = testServers();
    expect(await query(adminUrl, `select from pg_database where datname = '${name}'`)).toEqual([]);
  });
});
