import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, typedStatements } from './statements.js';

const statements = typedStatements<Record<string, never>>();
const asleep = statements.selectNoFrom(sql`pg_sleep(30)`.as('slept'));
const awake = statements.selectNoFrom(sql<number>`1`.as('one'));

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({
    connectionString: database.urlOf('recoup_detection_follow'),
    max: 1,
    query_timeout: 1000,
  });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('a statement that was built', () => {
  it('given a connection that does not answer, then the next statement has another one', async () => {
    await expect(run(pool, asleep)).rejects.toThrow('timeout');
    expect(await run(pool, awake)).toEqual([{ one: 1 }]);
  });

  it('given a connection that is cut while it waits, then it fails, and nothing else does', async () => {
    const waiting = run(pool, asleep);
    const admin = new Pool({ connectionString: database.adminUrl, max: 1 });
    const cut = `select pg_terminate_backend(pid) as cut from pg_stat_activity
      where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid() and state = 'active'`;
    await Promise.all([
      expect(waiting).rejects.toThrow(/terminat|timeout/),
      (async () => {
        while ((await admin.query(cut)).rowCount === 0);
      })(),
    ]);
    await admin.end();
    expect(await run(pool, awake)).toEqual([{ one: 1 }]);
  });
});
