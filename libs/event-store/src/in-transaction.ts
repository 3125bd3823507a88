import type { Pool, PoolClient } from 'pg';

/** Runs work in one transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<T>(
  pool: Pool,
  work: (tx: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens only to clients it holds. One that breaks in our hands, between two statements, would otherwise end
  // the process; the next statement fails anyway.
  const onError = (error: Error): void => void (broken = error);
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // A server that has fallen silent answers no rollback either, and rolls back when the connection is gone.
    if (fellSilent(error)) broken = error;
    else await client.query('rollback').catch(onError);
    throw error;
  } finally {
    client.off('error', onError);
    client.release(broken); // a broken connection does not go back to the pool
  }
}

/** node-postgres ends a query so that was not answered in its `query_timeout`; it gives the error no code. */
function fellSilent(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout';
}
