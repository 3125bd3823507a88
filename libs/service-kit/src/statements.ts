import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Compilable,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';

/**
 * Builds typed statements over tables and runs none: they run on a pool, or on somebody's transaction. Kysely's own driver
 * is not used: it listens to no error of a connection that it holds, so that one which breaks there ends the process, and
 * it gives back one that has fallen silent, which is then handed out again, each time for as long as a statement may take.
 */
export function typedStatements<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
}

/** Runs a built statement and answers its rows. */
export async function run<R>(
  db: Pool | PoolClient,
  statement: Compilable<R>,
): Promise<readonly R[]> {
  const { sql, parameters } = statement.compile();
  const { rows } = await db.query(sql, [...parameters]);
  return rows as R[];
}
