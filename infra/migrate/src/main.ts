import { openBus } from '@recoup/bus';
import { messageOf } from '@recoup/kernel';
import { migrate } from './migrate.js';
import { migrateSettings } from './settings.js';

/**
 * `npm run migrate`: brings the database to the newest schema, and where NATS_URL is set the stream to its shape: there
 * services may be users that cannot change it.
 */
async function main(): Promise<void> {
  const { bus, ...database } = migrateSettings(process.env);
  const applied = await migrate(database);
  console.log(applied.length === 0 ? 'Nothing to apply.' : `Applied: ${applied.join(', ')}`);
  if (!bus) return;
  await using opened = await openBus({ name: 'recoup-migrate', ...bus });
  await opened.ensureTopology();
  console.log('The stream has its shape.');
}

main().catch((error: unknown) => {
  console.error(
    messageOf(error),
    error instanceof Error && error.cause ? messageOf(error.cause) : '',
  );
  process.exitCode = 1;
});
