import { randomBytes } from 'node:crypto';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotOpen } from './cipher.js';
import { keyRing } from './key-ring.js';
import { openVault, type Vault } from './vault.js';

const keys = keyRing(randomBytes(32));
const SECRET = 'Atzr|the-refresh-token';

let database: TestDatabase;
let pool: Pool;
const pools: Pool[] = [];
let vault: Vault;

function open(connectionString: string): Pool {
  const opened = new Pool({ connectionString, max: 5 });
  opened.on('error', () => undefined); // the database is dropped under connections that are just closing
  pools.push(opened);
  return opened;
}

beforeAll(async () => {
  database = await createDatabase();
  pool = open(database.urlOf('recoup_ingestion_follow'));
  vault = openVault({ db: pool, keys });
});
afterAll(async () => {
  await Promise.all(pools.map((opened) => opened.end()));
  await database[Symbol.asyncDispose]();
});

describe('sealing', () => {
  it('opens for the same tenant and purpose, in another process too', async () => {
    const sealed = await vault.seal('alice', 'refresh-token', SECRET);
    expect(await vault.open('alice', 'refresh-token', sealed)).toBe(SECRET);
    expect(await openVault({ db: pool, keys }).open('alice', 'refresh-token', sealed)).toBe(SECRET);
  });

  it('keeps any text, also an empty one', async () => {
    for (const text of ['', 'ß ü 漢字 🗝', 'x'.repeat(100_000)]) {
      expect(await vault.open('alice', 'note', await vault.seal('alice', 'note', text))).toBe(text);
    }
  });

  it('never gives the same text twice, and shows nothing of what it holds', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => vault.seal('alice', 'note', SECRET)));
    expect(one).not.toBe(two);
    expect(Buffer.from(one!, 'base64').includes(SECRET)).toBe(false);
  });

  it('given many first seals of one tenant at once, then all open: there is one key', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 20 }, (_, n) => vault.seal('newcomer', 'note', `text ${n}`)),
    );
    const opened = await Promise.all(sealed.map((text) => vault.open('newcomer', 'note', text)));
    expect(opened).toEqual(Array.from({ length: 20 }, (_, n) => `text ${n}`));
  });
});

describe('a sealed value does not open', () => {
  it('for another tenant or another purpose', async () => {
    const sealed = await vault.seal('alice', 'refresh-token', SECRET);
    await vault.seal('bob', 'refresh-token', 'bob has a key too');
    await expect(vault.open('bob', 'refresh-token', sealed)).rejects.toThrow(CannotOpen);
    await expect(vault.open('alice', 'note', sealed)).rejects.toThrow(CannotOpen);
    await expect(vault.open('nobody', 'refresh-token', sealed)).rejects.toThrow(CannotOpen);
  });

  it('when any byte of it was changed, or it was cut', async () => {
    const sealed = Buffer.from(await vault.seal('alice', 'note', SECRET), 'base64');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(vault.open('alice', 'note', changed.toString('base64'))).rejects.toThrow(
        CannotOpen,
      );
    }
    for (const length of [0, 5, 12, 27]) {
      const cut = sealed.subarray(0, length).toString('base64');
      await expect(vault.open('alice', 'note', cut)).rejects.toThrow(CannotOpen);
    }
  });

  it('with another key-encryption key', async () => {
    const sealed = await vault.seal('alice', 'note', SECRET);
    const stranger = openVault({ db: pool, keys: keyRing(randomBytes(32)) });
    await expect(stranger.open('alice', 'note', sealed)).rejects.toThrow(CannotOpen);
  });

  it('with another tenant’s stored key put in its place', async () => {
    const sealed = await vault.seal('carol', 'note', SECRET);
    await vault.seal('mallory', 'note', 'has a key');
    const admin = open(database.adminUrl);
    await admin.query(
      `update vault.tenant_key set wrapped = (select wrapped from vault.tenant_key where tenant_id = 'carol')
       where tenant_id = 'mallory'`,
    );
    await expect(vault.open('mallory', 'note', sealed)).rejects.toThrow(CannotOpen);
  });
});

describe('shredding', () => {
  it('makes everything of the tenant unreadable for ever, and nothing of others', async () => {
    const [gone, kept] = [
      await vault.seal('dave', 'note', SECRET),
      await vault.seal('erin', 'note', SECRET),
    ];
    await vault.shred('dave');
    await expect(vault.open('dave', 'note', gone)).rejects.toThrow(CannotOpen);
    expect(await vault.open('erin', 'note', kept)).toBe(SECRET);
    const again = await vault.seal('dave', 'note', 'a new beginning');
    expect(await vault.open('dave', 'note', again)).toBe('a new beginning');
    await expect(vault.open('dave', 'note', gone)).rejects.toThrow(CannotOpen);
  });

  it('of a tenant without a key is done already', async () => {
    await expect(vault.shred('never-seen')).resolves.toBeUndefined();
  });
});

describe('the key table', () => {
  it('holds no key as it is, and is for ingestion alone', async () => {
    await vault.seal('alice', 'note', SECRET);
    const { rows } = await pool.query<{ wrapped: Buffer }>('select wrapped from vault.tenant_key');
    // Nonce, 32 bytes of key, tag: a bare key would be shorter.
    expect(rows.every(({ wrapped }) => wrapped.length === 12 + 32 + 16)).toBe(true);
    for (const role of [
      'recoup_gateway_follow',
      'recoup_gateway_tenant',
      'recoup_detection_follow',
    ]) {
      const other = open(database.urlOf(role));
      await expect(other.query('select * from vault.tenant_key')).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});
