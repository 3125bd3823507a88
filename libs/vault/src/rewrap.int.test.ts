import { randomBytes } from 'node:crypto';
import { systemClock } from '@recoup/kernel';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CannotOpen } from './cipher.js';
import { openDocumentVault, shredDocumentKeys } from './document-vault.js';
import { keyRing } from './key-ring.js';
import { openRecordVault } from './record-vault.js';
import { rewrapDocumentKeys, rewrapTenantKeys } from './rewrap.js';
import { openVault } from './vault.js';

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)];
const before = keyRing(oldKey);
const during = keyRing(newKey, [oldKey]);
const after = keyRing(newKey);
const TENANTS = Array.from({ length: 25 }, (_, n) => `tenant-${n}`);

let database: TestDatabase;
let owner: Pool;
let service: Pool;
let pools: Pool[];

function open(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined); // the database is dropped under connections that are just closing
  pools.push(pool);
  return pool;
}

beforeEach(async () => {
  pools = [];
  database = await createDatabase();
  owner = open(database.adminUrl);
  service = open(database.urlOf('recoup_ingestion_follow'));
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database[Symbol.asyncDispose]();
});

async function sealedBefore(): Promise<ReadonlyMap<string, string>> {
  const vault = openVault({ db: service, keys: before });
  const sealed = new Map<string, string>();
  for (const tenant of TENANTS)
    sealed.set(tenant, await vault.seal(tenant, 'token', `of ${tenant}`));
  return sealed;
}

async function namesOfWrappers(): Promise<(string | null)[]> {
  const { rows } = await owner.query<{ id: string | null }>(
    'select distinct key_id as id from vault.tenant_key order by 1',
  );
  return rows.map(({ id }) => id);
}

it('what was sealed before opens without the old key afterwards, in batches of any size', async () => {
  const sealed = await sealedBefore();
  const place = { tenantId: 'tenant-3', purpose: 'buyer', record: 'order-1' };
  const records = openRecordVault({ db: service, keys: before, clock: systemClock });
  const expiresAt = new Date(Date.now() + 3_600_000);
  const buyers = await records.sealAll(place.tenantId, place.purpose, [
    { record: place.record, text: 'who bought', expiresAt },
  ]);
  expect(await namesOfWrappers()).toEqual([before.currentId]);

  const told: number[] = [];
  const onBatch = (done: { rewrapped: number }): void => void told.push(done.rewrapped);
  const done = await rewrapTenantKeys({ db: owner, keys: during, batch: 10, onBatch });
  expect(done).toEqual({ rewrapped: 25, unopened: 0 });
  expect(told).toEqual([10, 20, 25]);
  expect(await namesOfWrappers()).toEqual([after.currentId]);

  const vault = openVault({ db: service, keys: after });
  for (const [tenant, text] of sealed)
    expect(await vault.open(tenant, 'token', text)).toBe(`of ${tenant}`);
  const opened = openRecordVault({ db: service, keys: after, clock: systemClock });
  expect(await opened.open(place, buyers.get(place.record) ?? '')).toBe('who bought');
  const late = openVault({ db: service, keys: before });
  await expect(late.open('tenant-0', 'token', sealed.get('tenant-0') ?? '')).rejects.toThrow(
    CannotOpen,
  );
  expect(await rewrapTenantKeys({ db: owner, keys: during })).toEqual({
    rewrapped: 0,
    unopened: 0,
  });
});

it('goes on while others seal, open and destroy, from wherever it was cut short', async () => {
  const sealed = await sealedBefore();
  const cut = new Error('cut short');
  const stop = (): never => {
    throw cut;
  };
  const first = rewrapTenantKeys({ db: owner, keys: during, batch: 5, onBatch: stop });
  await expect(first).rejects.toBe(cut);
  expect((await namesOfWrappers()).length).toBe(2);

  const vault = openVault({ db: service, keys: during });
  const behind = openVault({ db: service, keys: keyRing(oldKey, [newKey]) });
  const [two, three] = [1, 2].map(() => rewrapTenantKeys({ db: owner, keys: during, batch: 2 }));
  for (const tenant of TENANTS.slice(0, 20)) {
    expect(await vault.open(tenant, 'token', sealed.get(tenant) ?? '')).toBe(`of ${tenant}`);
    expect(await behind.open(tenant, 'token', sealed.get(tenant) ?? '')).toBe(`of ${tenant}`);
  }
  for (const tenant of TENANTS.slice(20)) await vault.shred(tenant);
  const anew = await vault.seal('tenant-24', 'token', 'given since');
  await Promise.all([two, three]);
  await rewrapTenantKeys({ db: owner, keys: during });

  expect(await namesOfWrappers()).toEqual([after.currentId]);
  const later = openVault({ db: service, keys: after });
  expect(await later.open('tenant-24', 'token', anew)).toBe('given since');
  for (const tenant of TENANTS.slice(20)) {
    const opening = later.open(tenant, 'token', sealed.get(tenant) ?? '');
    await expect(opening).rejects.toThrow(CannotOpen);
  }
});

it('leaves what no key of the ring opens as it is, and says how much that is', async () => {
  await sealedBefore();
  const stranger = keyRing(randomBytes(32));
  const sealed = await openVault({ db: service, keys: stranger }).seal('lost', 'token', 'text');
  expect(await rewrapTenantKeys({ db: owner, keys: during, batch: 4 })).toEqual({
    rewrapped: 25,
    unopened: 1,
  });
  const vault = openVault({ db: service, keys: stranger });
  expect(await vault.open('lost', 'token', sealed)).toBe('text');
});

it('wraps the keys of documents too, generation by generation', async () => {
  const gateway = open(database.urlOf('recoup_gateway_follow'));
  const place = (generation: number) => ({
    ...{ tenantId: 'tenant-1', documentId: 'document_1', part: 'file_1' },
    generation,
  });
  const vault = openDocumentVault({ db: gateway, keys: before });
  const bytes = Buffer.from('an invoice');
  const sealed = new Map<number, Buffer>();
  for (const generation of [0, 7, 40]) {
    sealed.set(generation, await vault.seal(place(generation), bytes));
  }
  const reading = open(database.urlOf('recoup_evidence_follow'));
  await shredDocumentKeys(reading, { tenantId: 'tenant-1', before: 7 });
  const done = await rewrapDocumentKeys({ db: owner, keys: during, batch: 1 });
  expect(done).toEqual({ rewrapped: 2, unopened: 0 });
  const later = openDocumentVault({ db: reading, keys: after });
  for (const generation of [7, 40]) {
    expect(await later.open(place(generation), sealed.get(generation) ?? bytes)).toEqual(bytes);
  }
});

it('no service may change a stored key', async () => {
  await sealedBefore();
  const denied = { code: '42501' };
  for (const role of ['ingestion', 'gateway', 'evidence', 'detection']) {
    const db = open(database.urlOf(`recoup_${role}_follow`));
    await expect(rewrapTenantKeys({ db, keys: during })).rejects.toMatchObject(denied);
    const changed = db.query(`update vault.document_key set key_id = ''`);
    await expect(changed).rejects.toMatchObject(denied);
  }
});
