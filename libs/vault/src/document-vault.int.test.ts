import { randomBytes } from 'node:crypto';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CannotOpen } from './cipher.js';
import { keyRing } from './key-ring.js';
import { openDocumentVault, shredDocumentKeys, type DocumentVault } from './document-vault.js';

const keys = keyRing(randomBytes(32));
const place = { tenantId: 'alice', generation: 0, documentId: 'document_1', part: 'file_1' };
const bytes = Buffer.from('%PDF-1.7 what nobody else may read');

let database: TestDatabase;
const pools: Pool[] = [];
let gateway: DocumentVault;
let evidence: DocumentVault;
let evidencePool: Pool;

function as(role: string): Pool {
  const pool = new Pool({ connectionString: database.urlOf(role), max: 3 });
  pool.on('error', () => undefined); // the database is dropped under connections that are just closing
  pools.push(pool);
  return pool;
}

beforeAll(async () => {
  database = await createDatabase();
  gateway = openDocumentVault({ db: as('recoup_gateway_follow'), keys });
  evidencePool = as('recoup_evidence_follow');
  evidence = openDocumentVault({ db: evidencePool, keys });
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database[Symbol.asyncDispose]();
});

it('what one service seals the other opens, in its place and unchanged only', async () => {
  const sealed = await gateway.seal(place, bytes);
  expect(sealed.includes('nobody')).toBe(false);
  expect(await evidence.open(place, sealed)).toEqual(bytes);
  await gateway.seal({ ...place, tenantId: 'bob' }, bytes);
  for (const other of [
    { tenantId: 'bob' },
    { documentId: 'document_2' },
    { part: 'file_2' },
    { generation: 7 },
  ]) {
    await expect(evidence.open({ ...place, ...other }, sealed)).rejects.toThrow(CannotOpen);
  }
  sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20);
  await expect(evidence.open(place, sealed)).rejects.toThrow(CannotOpen);
});

it('an erasure destroys what is older, and nothing that was given since', async () => {
  const old = { ...place, tenantId: 'carol' };
  const since = { ...old, generation: 40 };
  const [before, after] = [await gateway.seal(old, bytes), await gateway.seal(since, bytes)];
  expect(await shredDocumentKeys(evidencePool, { tenantId: 'carol', before: 40 })).toEqual([0]);
  await expect(evidence.open(old, before)).rejects.toThrow(CannotOpen);
  expect(await evidence.open(since, after)).toEqual(bytes);
});

it('neither service can read the keys of Amazon’s secrets, and requests read no key at all', async () => {
  const denied = { code: '42501' };
  for (const role of ['recoup_gateway_follow', 'recoup_evidence_follow']) {
    await expect(as(role).query('select * from vault.tenant_key')).rejects.toMatchObject(denied);
  }
  const requests = as('recoup_gateway_tenant').query('select * from vault.document_key');
  await expect(requests).rejects.toMatchObject(denied);
});
