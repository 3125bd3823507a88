import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'pg';
import { z } from 'zod';
import { flagOf, runningProcess } from './read-run.js';

const secretsSchema = z.object({ postgresPassword: z.string() });

/**
 * The database of a running product: the launcher's own, or the one of a URL. A connection that breaks when its server is
 * killed is replaced by the next query.
 */
export function productDatabase(stateDir: string, url = ownDatabase(stateDir)): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 5000,
    application_name: 'product-driver',
  });
  pool.on('error', () => undefined); // the next query says so if it matters
  return pool;
}

function ownDatabase(stateDir: string): string {
  const { postgresPassword } = secretsSchema.parse(
    JSON.parse(readFileSync(join(stateDir, 'secrets.json'), 'utf8')),
  );
  const port = flagOf(runningProcess(stateDir, 'postgres'), '-p');
  return `postgres://postgres:${encodeURIComponent(postgresPassword)}@127.0.0.1:${port}/recoup`;
}
