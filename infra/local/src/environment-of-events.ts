import { roleUrl } from '@recoup/migrate';
import { isAlive } from './process-identity.js';
import { readRun } from './run-file.js';
import type { Environment } from './service-environment.js';
import { loadSecrets, ROOT, stateFolder } from './state-folder.js';

/**
 * What `npm run events` needs to work on the product that `npm start` runs here: `DATABASE_URL` with the role of detection
 * and `MIGRATE_DATABASE_URL` with the owner of the tables, whom only a Postgres of ours tells. Nothing where the user has
 * named a database, and nothing where nothing runs.
 */
export function environmentOfEvents(environment: Environment): Record<string, string> {
  if (environment['DATABASE_URL'] || environment['MIGRATE_DATABASE_URL']) return {};
  const state = stateFolder(ROOT, environment);
  const run = readRun(state.runFile);
  if (!run?.database || !isAlive(run.launcher)) return {};
  const { place, embedded } = run.database;
  const { rolePasswords, postgresPassword } = loadSecrets(state);
  const role = 'recoup_detection_follow';
  return {
    DATABASE_URL: roleUrl(place, role, rolePasswords[role] ?? ''),
    ...(embedded && { MIGRATE_DATABASE_URL: roleUrl(place, 'postgres', postgresPassword) }),
  };
}
