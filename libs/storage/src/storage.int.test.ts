import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BadStorageKey, StorageAway, type FileStorage } from './file-storage.js';
import { openStorage, storageSettings, type StorageSettings } from './open-storage.js';

interface S3Server {
  run(): Promise<{ address: string; port: number }>;
  close(): Promise<void>;
}
type S3rver = new (options: object) => S3Server;

const S3rver = createRequire(import.meta.url)('s3rver') as S3rver;
// The one account that the server knows, by its documentation.
const credentials = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

function opened(settings: StorageSettings): FileStorage {
  const storage = openStorage(settings);
  if (!storage) throw new Error('no storage is set up');
  return storage;
}

let folder: string;
let server: S3Server;
let bucketUrl: string;
const storages: Record<string, FileStorage> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recoup-storage-'));
  server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'evidence' }],
  });
  const { port } = await server.run();
  bucketUrl = `s3://evidence/sellers?endpoint=http://127.0.0.1:${port}&region=us-east-1`;
  storages['folder'] = opened({
    STORAGE_URL: pathToFileURL(join(folder, 'local')).href,
  });
  storages['bucket'] = opened({ STORAGE_URL: bucketUrl, ...credentials });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['folder', 'bucket'])('a %s', (kind) => {
  const storage = (): FileStorage => storages[kind]!;

  it('keeps bytes as they are, and the last of those put under a key', async () => {
    const bytes = randomBytes(3_000_000);
    await storage().put('tenant/g0/file_1', randomBytes(10));
    await storage().put('tenant/g0/file_1', bytes);
    const got = await storage().get('tenant/g0/file_1');
    expect(Buffer.from(got ?? []).equals(bytes)).toBe(true);
    expect(await storage().get('tenant/g0/nothing')).toBeNull();
  });

  it('forgets a key and what is below it, and nothing beside', async () => {
    const keys = ['a/g1/one', 'a/g1/two', 'a/g10/three', 'ab/g1/four'];
    for (const key of keys) await storage().put(key, Buffer.from(key));
    await storage().forget('a/g1');
    await storage().forget('a/g1');
    const left = await Promise.all(keys.map((key) => storage().get(key)));
    expect(left.map((bytes) => bytes && Buffer.from(bytes).toString())).toEqual([
      null,
      null,
      'a/g10/three',
      'ab/g1/four',
    ]);
    await storage().forget('a/g10/three');
    expect(await storage().get('a/g10/three')).toBeNull();
  });

  it.each(['../out', 'a/../b', '/etc', 'a//b', 'a\\b', 'a\0b', 'Ä', 'a.b', '', 'a/'])(
    'refuses the key %j before anything is touched',
    async (key) => {
      await expect(storage().put(key, Buffer.from('x'))).rejects.toThrow(BadStorageKey);
      await expect(storage().get(key)).rejects.toThrow(BadStorageKey);
      await expect(storage().forget(key)).rejects.toThrow(BadStorageKey);
    },
  );
});

describe('a folder', () => {
  it('leaves nothing unfinished behind, also when a file cannot be put in its place', async () => {
    const storage = storages['folder']!;
    await storage.put('taken/below', Buffer.from('x'));
    await expect(storage.put('taken', Buffer.from('y'))).rejects.toThrow();
    expect(await readdir(join(folder, 'local', '.unfinished'))).toEqual([]);
    expect(await storage.get('taken/below')).not.toBeNull();
  });
});

it('a bucket that nobody has says so, and names neither key nor secret', async () => {
  const other = opened({ STORAGE_URL: bucketUrl.replace('evidence', 'nobodys'), ...credentials });
  const asked = other.put('tenant/g0/file_1', Buffer.from('x'));
  await expect(asked).rejects.toThrow(StorageAway);
  await expect(asked).rejects.not.toThrow(/tenant|S3RVER/);
  await expect(other.get('tenant/g0/file_1')).rejects.toThrow(StorageAway);
});

it('a bucket without credentials is refused at the start', () => {
  expect(() => opened({ STORAGE_URL: bucketUrl })).toThrow('AWS_ACCESS_KEY_ID');
  expect(openStorage({})).toBeNull();
});

it.each([
  '',
  'ftp://x',
  'file:relative',
  's3://UP',
  's3://bucket/a/../b?endpoint=x',
  'file://host/x',
])('the setting %j is refused', (url) =>
  expect(storageSettings.STORAGE_URL.safeParse(url).success).toBe(false),
);
