import { messageOf } from '@recoup/kernel';
import { migrate } from './migrate.js';
import { LOGIN_ROLES } from './roles.js';

/**
 * `npm run migrate`: MIGRATE_DATABASE_URL names the database; RECOUP_ROLE_PASSWORD, when it is set, becomes the password
 * of every login role (leave it unset where passwords are managed elsewhere).
 */
async function main(): Promise<void> {
  const adminUrl = process.env['MIGRATE_DATABASE_URL'];
  if (!adminUrl) throw new Error('MIGRATE_DATABASE_URL is not set');
  const password = process.env['RECOUP_ROLE_PASSWORD'];
  const passwords = password ? Object.fromEntries(LOGIN_ROLES.map((role) => [role, password])) : {};
  const applied = await migrate({ adminUrl, passwords });
  console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied: ${applied.join(', ')}`);
}

main().catch((error: unknown) => {
  console.error(
    messageOf(error),
    error instanceof Error && error.cause ? messageOf(error.cause) : '',
  );
  process.exitCode = 1;
});
