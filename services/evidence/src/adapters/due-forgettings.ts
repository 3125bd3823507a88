import { sql } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { run, statements } from './tables.js';

/** Asks the storage to forget a key, with all below it: outside of the transaction, since it may be away. */
export async function askForgetting(tx: PoolClient, storageKey: string): Promise<void> {
  await run(
    tx,
    statements
      .insertInto('evidence.due_forgetting')
      .values({ storage_key: storageKey })
      .onConflict((conflict) => conflict.doNothing()),
  );
}

/** A key that is due, put off by so many seconds for whoever comes next; null when there is none. */
export async function takeForgetting(
  pool: Pool,
  seconds: number,
): Promise<{ readonly storageKey: string; readonly attempts: number } | null> {
  const [row] = await run(
    pool,
    statements
      .with('next', (db) =>
        db
          .selectFrom('evidence.due_forgetting')
          .select('storage_key')
          .where('next_try', '<=', sql<Date>`now()`)
          .orderBy('next_try')
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .updateTable('evidence.due_forgetting as d')
      .from('next')
      .whereRef('d.storage_key', '=', 'next.storage_key')
      .set({
        next_try: sql`now() + make_interval(secs => ${seconds})`,
        attempts: sql`d.attempts + 1`,
      })
      .returning(['d.storage_key as storageKey', 'd.attempts']),
  );
  return row ?? null;
}

export async function settleForgetting(pool: Pool, storageKey: string): Promise<void> {
  await run(
    pool,
    statements.deleteFrom('evidence.due_forgetting').where('storage_key', '=', storageKey),
  );
}
