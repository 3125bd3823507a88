import { randomBytes } from 'node:crypto';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CannotOpen } from './cipher.js';
import { keyRing } from './key-ring.js';
import { openRecordVault, type RecordVault } from './record-vault.js';
import { openVault } from './vault.js';

const keys = keyRing(randomBytes(32));
const NOON = Date.parse('2026-03-10T12:00:00Z');
const day = (n: number): Date => new Date(NOON + n * 86_400_000);

let database: TestDatabase;
let pool: Pool;
let now: Date;
let vault: RecordVault;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow'), max: 5 });
  pool.on('error', () => undefined); // the database is dropped under connections that are just closing
  vault = openRecordVault({ db: pool, keys, clock: { now: () => now } });
});
beforeEach(() => {
  now = day(0);
});
afterAll(async () => {
  await pool.end();
  await database[Symbol.asyncDispose]();
});

/** Seals one record and answers it, sealed. */
async function seal(
  tenantId: string,
  record: string,
  { text = 'Jane', until = day(30), purpose = 'note' } = {},
): Promise<string> {
  const sealed = await vault.sealAll(tenantId, purpose, [{ record, text, expiresAt: until }]);
  return sealed.get(record) ?? '';
}
const open = (tenantId: string, record: string, sealed: string): Promise<string> =>
  vault.open({ tenantId, purpose: 'note', record }, sealed);

describe('a sealed record', () => {
  it('opens in its place and shows nothing of what it holds', async () => {
    const texts = ['one', 'ß ü 漢字 🗝', ''];
    const records = texts.map((text, n) => ({ record: `r${n}`, text, expiresAt: day(30) }));
    const sealed = await vault.sealAll('alice', 'note', records);
    for (const { record, text } of records) {
      const given = sealed.get(record) ?? '';
      expect(await open('alice', record, given)).toBe(text);
      if (text) expect(Buffer.from(given, 'base64').includes(text)).toBe(false);
    }
  });

  it('opens in no other place, and not when it was changed', async () => {
    const sealed = await seal('alice', 'mine');
    await seal('alice', 'other');
    await seal('bob', 'mine');
    await seal('alice', 'mine', { purpose: 'letter' });
    await expect(open('alice', 'other', sealed)).rejects.toThrow(CannotOpen);
    await expect(open('bob', 'mine', sealed)).rejects.toThrow(CannotOpen);
    await expect(open('nobody', 'mine', sealed)).rejects.toThrow(CannotOpen);
    const letter = { tenantId: 'alice', purpose: 'letter', record: 'mine' };
    await expect(vault.open(letter, sealed)).rejects.toThrow(CannotOpen);
    const changed = Buffer.from(sealed, 'base64');
    changed.writeUInt8(changed.readUInt8(20) ^ 1, 20);
    await expect(open('alice', 'mine', changed.toString('base64'))).rejects.toThrow(CannotOpen);
  });

  it('given it is sealed again, then only the newer opens; of two at once the last', async () => {
    const older = await seal('alice', 'again', { text: 'older' });
    const both = ['first', 'last'].map((text) => ({ record: 'again', text, expiresAt: day(30) }));
    const newer = (await vault.sealAll('alice', 'note', both)).get('again') ?? '';
    expect(await open('alice', 'again', newer)).toBe('last');
    await expect(open('alice', 'again', older)).rejects.toThrow(CannotOpen);
  });

  it('given many transactions that seal the same records in other orders, then all of them end', async () => {
    const names = Array.from({ length: 40 }, (_, n) => `shared-${n}`);
    const orders = [names, [...names].reverse(), names, [...names].reverse()];
    const sealing = orders.map((order) =>
      vault.sealAll(
        'crowd',
        'note',
        order.map((record) => ({ record, text: record, expiresAt: day(30) })),
      ),
    );
    const last = await Promise.all(sealing);
    expect(last.map((sealed) => sealed.size)).toEqual([40, 40, 40, 40]);
  });
});

describe('a record whose day has come', () => {
  it('does not open, even before its key is destroyed', async () => {
    const sealed = await seal('alice', 'short', { until: day(1) });
    now = new Date(day(1).getTime() - 1);
    expect(await open('alice', 'short', sealed)).toBe('Jane');
    now = day(1);
    await expect(open('alice', 'short', sealed)).rejects.toThrow(CannotOpen);
  });

  it('loses its key, once, however many look, and nobody else does', async () => {
    const purpose = 'sweep';
    const records = Array.from({ length: 30 }, (_, n) => ({
      record: `r${String(n).padStart(2, '0')}`,
      text: 'x',
      expiresAt: day(n < 20 ? 2 : 9),
    }));
    await vault.sealAll('alice', purpose, records);
    now = day(2);
    const swept = await Promise.all([1, 2, 3].map(() => vault.shredExpired(purpose, 8)));
    const rest = await vault.shredExpired(purpose, 100);
    const gone = [...swept.flat(), ...rest].map(({ record }) => record);
    expect(gone.sort()).toEqual(records.slice(0, 20).map(({ record }) => record));
    expect(swept.every((each) => each.length <= 8)).toBe(true);
    expect(await vault.shredExpired(purpose, 100)).toEqual([]);
  });

  it('goes with its tenant’s key', async () => {
    const sealed = await seal('dave', 'with-the-rest');
    await openVault({ db: pool, keys }).shred('dave');
    await seal('dave', 'a-new-beginning');
    await expect(open('dave', 'with-the-rest', sealed)).rejects.toThrow(CannotOpen);
    const { rows } = await pool.query<{ record: string }>(
      `select record from vault.record_key where tenant_id = 'dave'`,
    );
    expect(rows).toEqual([{ record: 'a-new-beginning' }]);
  });
});
