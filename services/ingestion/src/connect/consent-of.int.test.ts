import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { keyRing } from '@recoup/vault';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReauthorizationRequired } from '../amazon/errors.js';
import { consentOf } from './consent-of.js';
import { openConsentStore, type ConsentStore } from './consent-store.js';

let database: TestDatabase;
let pool: Pool;
/** As two processes have them. */
let here: ConsentStore;
let there: ConsentStore;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_ingestion_follow') });
  [here, there] = [1, 2].map(() => openConsentStore(pool, keyRing(Buffer.alloc(32, 5)))) as [
    ConsentStore,
    ConsentStore,
  ];
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const consent = (tenantId: string, refreshToken: string, logVersion: number) => ({
  tenantId,
  sellerId: 'A1',
  region: 'na' as const,
  marketplaces: [],
  refreshToken,
  logVersion,
});
const known = (tenantId: string) =>
  consentOf({ pool, consents: there }, { sellerId: 'A1', tenantId });

describe('the consent of a seller', () => {
  it('given it is renewed at one process, then another has the new one, under another version', async () => {
    await here.save(consent('T1', 'Atzr|1', 0));
    const first = await known('T1');
    expect(await first.refreshToken()).toBe('Atzr|1');
    expect((await known('T1')).version).toBe(first.version);
    await here.save(consent('T1', 'Atzr|2', 1));
    const second = await known('T1');
    expect(second.version).not.toBe(first.version);
    expect(await second.refreshToken()).toBe('Atzr|2');
  });

  it('given the seller is not the tenant’s, then there is none', async () => {
    await expect(known('T2')).rejects.toBeInstanceOf(ReauthorizationRequired);
  });
});
