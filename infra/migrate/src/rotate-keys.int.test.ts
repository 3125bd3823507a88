import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { keyRing, openDocumentVault, openVault } from '@recoup/vault';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../dist/rotate-keys-command.js', import.meta.url));
const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const [OLD, NEW] = [oldKey, newKey].map((key) => key.toString('base64')) as [string, string];
const place = { tenantId: 'tenant-1', generation: 0, documentId: 'document_1', part: 'file_1' };

let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createDatabase();
  db = new Pool({ connectionString: database.adminUrl, max: 2 });
  db.on('error', () => undefined); // the database is dropped under connections that are just closing
});
afterAll(async () => {
  await db.end();
  await database[Symbol.asyncDispose]();
});

interface End {
  readonly code: number;
  readonly said: string;
}

function rotate(environment: Readonly<Record<string, string>>, ...given: string[]): Promise<End> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], ...environment };
    execFile(process.execPath, [SCRIPT, ...given], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr });
    });
  });
}

describe('npm run events -- rotate-keys', () => {
  it('wraps the keys of sellers and documents anew, says so, and has nothing to do the next time', async () => {
    const keys = keyRing(oldKey);
    const token = await openVault({ db, keys }).seal('tenant-1', 'token', 'a token');
    const file = await openDocumentVault({ db, keys }).seal(place, Buffer.from('a file'));
    const environment = {
      MIGRATE_DATABASE_URL: database.adminUrl,
      ENCRYPTION_KEY: NEW,
      ENCRYPTION_KEYS_ACCEPTED: OLD,
      DOCUMENT_ENCRYPTION_KEY: NEW,
      DOCUMENT_ENCRYPTION_KEYS_ACCEPTED: OLD,
    };
    const first = await rotate(environment);
    expect(first).toMatchObject({ code: 0 });
    expect(first.said).toContain('Keys of sellers wrapped anew: 1.');
    expect(first.said).toContain('Keys of documents wrapped anew: 1.');
    for (const secret of [OLD, NEW]) expect(first.said).not.toContain(secret);

    const after = keyRing(newKey);
    expect(await openVault({ db, keys: after }).open('tenant-1', 'token', token)).toBe('a token');
    const opened = await openDocumentVault({ db, keys: after }).open(place, file);
    expect(opened.toString()).toBe('a file');
    expect((await rotate(environment)).said).toContain('Keys of sellers wrapped anew: 0.');
  });

  it('ends with 1 when some keys are opened by none of those set', async () => {
    await openVault({ db, keys: keyRing(randomBytes(32)) }).seal('tenant-2', 'token', 'lost');
    const end = await rotate({ MIGRATE_DATABASE_URL: database.adminUrl, ENCRYPTION_KEY: NEW });
    expect(end).toMatchObject({ code: 1 });
    expect(end.said).toContain('1 keys of sellers are opened by none');
  });

  it.each([
    ['without a database', { ENCRYPTION_KEY: NEW }, 'MIGRATE_DATABASE_URL'],
    ['without a key', { MIGRATE_DATABASE_URL: 'postgres://nowhere/x' }, 'No key is set'],
    [
      'with a key that is none',
      { MIGRATE_DATABASE_URL: 'postgres://nowhere/x', ENCRYPTION_KEY: 'c2hvcnQ=' },
      'does not hold 32 bytes',
    ],
  ])('%s says what is missing', async (_, environment, said) => {
    const end = await rotate(environment);
    expect(end).toMatchObject({ code: 2 });
    expect(end.said).toContain(said);
    expect(end.said).not.toContain('c2hvcnQ=');
  });
});
