import { messageOf } from '@recoup/kernel';
import {
  documentKeys,
  documentKeySettings,
  encryptionKeys,
  encryptionKeySettings,
  rewrapDocumentKeys,
  rewrapTenantKeys,
  type KeyRing,
  type Rewrapped,
  type RewrapOptions,
} from '@recoup/vault';
import { Pool } from 'pg';
import { z } from 'zod';

const USAGE = `usage: npm run events -- rotate-keys

Wraps the stored keys of sellers and of their documents anew with ENCRYPTION_KEY and DOCUMENT_ENCRYPTION_KEY (one of them or
both), those that a key of ENCRYPTION_KEYS_ACCEPTED or DOCUMENT_ENCRYPTION_KEYS_ACCEPTED wrapped. The product goes on
meanwhile; a run that was cut short is started again. Afterwards nothing needs the accepted keys.
It is the database of a running \`npm start\`, or the one that MIGRATE_DATABASE_URL names with the role that owns its tables.
`;

const settingsSchema = z.object({
  MIGRATE_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  ...encryptionKeySettings,
  ENCRYPTION_KEY: encryptionKeySettings.ENCRYPTION_KEY.optional(),
  ...documentKeySettings,
});

/** 0: all is wrapped by the current keys; 1: some keys stayed as they were; 2: it could not be tried. */
async function main(given: readonly string[]): Promise<number> {
  if (given[0] === '--help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (given.length > 0) return refuse(`rotate-keys takes no ${given[0] ?? ''}\n\n`);
  const environment = Object.entries(process.env).filter(([, value]) => value !== '');
  const { data: settings, error } = settingsSchema.safeParse(Object.fromEntries(environment));
  if (!settings) return refuse(`${z.prettifyError(error)}\n\n`);
  const { ENCRYPTION_KEY, ENCRYPTION_KEYS_ACCEPTED } = settings;
  const tenants = ENCRYPTION_KEY
    ? encryptionKeys({ ENCRYPTION_KEY, ENCRYPTION_KEYS_ACCEPTED })
    : null;
  const documents = documentKeys(settings);
  if (!tenants && !documents) return refuse('No key is set.\n\n');

  const db = new Pool({ connectionString: settings.MIGRATE_DATABASE_URL, max: 1 });
  db.on('error', () => undefined); // the statement that needed the connection tells
  try {
    const left = [
      await wrapAnew('sellers', tenants, (options) => rewrapTenantKeys({ db, ...options })),
      await wrapAnew('documents', documents, (options) => rewrapDocumentKeys({ db, ...options })),
    ];
    return left.some((unopened) => unopened > 0) ? 1 : 0;
  } finally {
    await db.end();
  }
}

function refuse(why: string): number {
  process.stderr.write(`${why}${USAGE}`);
  return 2;
}

/** Says how it goes and what came of it; answers how many keys stayed as they were. */
async function wrapAnew(
  whose: string,
  keys: KeyRing | null,
  rewrap: (options: Pick<RewrapOptions, 'keys' | 'onBatch'>) => Promise<Rewrapped>,
): Promise<number> {
  if (!keys) return 0;
  const { rewrapped, unopened } = await rewrap({
    keys,
    onBatch: (done) => void process.stderr.write(`keys of ${whose}: ${done.rewrapped}\n`),
  });
  process.stdout.write(`Keys of ${whose} wrapped anew: ${rewrapped}.\n`);
  process.stdout.write(
    unopened === 0
      ? `All keys of ${whose} are wrapped by ${keys.currentId}; the accepted ones are needed no more.\n`
      : `${unopened} keys of ${whose} are opened by none of the keys set, and stayed as they are.\n`,
  );
  return unopened;
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  return 2;
});
