import { streams } from '@recoup/contracts';
import { connectionState, fromCommand } from '@recoup/domain';
import { describe, expect, it } from 'vitest';
import { accountOfTenant } from '../connect/seller-account.js';
import { stageOfFile } from '../testing/stage.js';
import { requireConsent } from './require-consent.js';

const SELLER = 'A0RENEWED001';

const stage = stageOfFile({ orders: 20 });

/** What the log and the table say of a tenant's consent. */
async function standing(tenantId: string) {
  const events = await stage.sut.store.readStream(tenantId, streams.connection(tenantId));
  const { rows } = await stage.sut.pool.query<{ consent_valid: boolean }>(
    'select consent_valid from ingestion.seller_account where tenant_id = $1',
    [tenantId],
  );
  return { state: connectionState(events)?.state, valid: rows[0]?.consent_valid };
}

async function consentOf(tenantId: string): Promise<number> {
  const account = await accountOfTenant(stage.sut.pool, tenantId);
  if (!account) throw new Error('not connected');
  return account.logVersion;
}

describe('a consent that Amazon refused', () => {
  it('given it was renewed before that is heard, then the new one stays; refused itself, it is asked for', async () => {
    const { tenantId } = await stage.sut.connected(SELLER);
    const first = await consentOf(tenantId);
    await stage.sut.connect(SELLER, await stage.amazon.refreshToken(SELLER), tenantId);
    const second = await consentOf(tenantId);
    const refuse = (consent: number): Promise<void> => {
      const cause = fromCommand('service:ingestion', stage.amazon.clock.now());
      return requireConsent(stage.sut, tenantId, { consent, reason: 'invalid_grant', cause });
    };
    await refuse(first);
    expect(await standing(tenantId)).toEqual({ state: 'connected', valid: true });
    await refuse(second);
    expect(await standing(tenantId)).toEqual({ state: 'reauth_required', valid: false });
  });
});
