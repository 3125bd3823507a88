import { CannotRun } from './run-command.js';

/**
 * The database that a command works on, from the variable that the operator sets or `npm run events` fills in. Throws
 * CannotRun where it is not set.
 */
export function databaseUrl(
  environment: Readonly<Record<string, string | undefined>>,
  variable: 'DATABASE_URL' | 'MIGRATE_DATABASE_URL',
): string {
  const url = environment[variable];
  if (url) return url;
  throw new CannotRun(
    `There is no database to work on: start the product with \`npm start\`, or set ${variable}.`,
  );
}
