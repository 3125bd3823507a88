import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Arena } from './arena.js';

const COMMAND = fileURLToPath(
  new URL('../../../services/gateway/dist/rebuild-command.js', import.meta.url),
);

/**
 * Folds all read models anew and puts them in the place of the live ones, as an operator does, while sellers work and clients
 * listen. Answers when the last one was in its place; throws what the command said when it failed.
 */
export async function rebuildAll({ postgres }: Arena): Promise<number> {
  const env = { ...process.env, MIGRATE_DATABASE_URL: postgres.databaseUrl };
  await promisify(execFile)(process.execPath, [COMMAND, '--all'], { env });
  return performance.now();
}
