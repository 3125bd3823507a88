import { Client } from 'pg';
import type { GatewayUnderTest } from './gateway-under-test.js';

/** Does something while the projector is held up: read models show nothing of it. */
export async function whileHeldUp(
  { database }: Pick<GatewayUnderTest, 'database'>,
  work: () => Promise<void>,
): Promise<void> {
  const hold = new Client({ connectionString: database.adminUrl });
  await hold.connect();
  try {
    await hold.query('begin');
    // The table as one lock: row by row, a projector that takes the rows in another order would be a deadlock.
    await hold.query('lock table rm.checkpoint in exclusive mode');
    await work();
  } finally {
    await hold.end();
  }
}
