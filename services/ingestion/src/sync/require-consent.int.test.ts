import { streams } from '@recoup/contracts';
import { connectionState, fromCommand } from '@recoup/domain';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOfTenant } from '../connect/seller-account.js';
import {
  openIngestionUnderTest,
  type IngestionUnderTest,
} from '../testing/ingestion-under-test.js';
import { startSimulatedAmazon, type SimulatedAmazon } from '../testing/simulated-amazon.js';
import { requireConsent } from './require-consent.js';

const SELLER = 'A0RENEWED001';

let amazon: SimulatedAmazon;
let database: TestDatabase;
let sut: IngestionUnderTest;

beforeAll(async () => {
  [amazon, database] = await Promise.all([startSimulatedAmazon({ orders: 20 }), createDatabase()]);
  sut = openIngestionUnderTest(database.urlOf('recoup_ingestion_follow'), amazon);
});

afterAll(async () => {
  await sut[Symbol.asyncDispose]();
  await Promise.all([amazon[Symbol.asyncDispose](), database.drop()]);
});

/** What the log and the table say of a tenant's consent. */
async function standing(tenantId: string) {
  const events = await sut.store.readStream(tenantId, streams.connection(tenantId));
  const { rows } = await sut.pool.query<{ consent_valid: boolean }>(
    'select consent_valid from ingestion.seller_account where tenant_id = $1',
    [tenantId],
  );
  return { state: connectionState(events)?.state, valid: rows[0]?.consent_valid };
}

async function consentOf(tenantId: string): Promise<number> {
  const account = await accountOfTenant(sut.pool, tenantId);
  if (!account) throw new Error('not connected');
  return account.logVersion;
}

describe('a consent that Amazon refused', () => {
  it('given it was renewed before that is heard, then the new one stays; refused itself, it is asked for', async () => {
    const { tenantId } = await sut.connected(SELLER);
    const first = await consentOf(tenantId);
    await sut.connect(SELLER, await amazon.refreshToken(SELLER), tenantId);
    const second = await consentOf(tenantId);
    const refuse = (consent: number): Promise<void> => {
      const cause = fromCommand('service:ingestion', amazon.clock.now());
      return requireConsent(sut, tenantId, { consent, reason: 'invalid_grant', cause });
    };
    await refuse(first);
    expect(await standing(tenantId)).toEqual({ state: 'connected', valid: true });
    await refuse(second);
    expect(await standing(tenantId)).toEqual({ state: 'reauth_required', valid: false });
  });
});
