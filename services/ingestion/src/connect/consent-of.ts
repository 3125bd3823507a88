import type { Pool } from 'pg';
import type { StoredConsent, TokenOwner } from '../amazon/access-tokens.js';
import { ReauthorizationRequired } from '../amazon/errors.js';
import type { ConsentStore } from './consent-store.js';
import { accountOfSeller } from './seller-account.js';

/**
 * The consent that is stored now for a seller and tenant: one look-up by a key, the vault stays shut. Throws
 * ReauthorizationRequired where the seller is not, or no more, the tenant's: his consent is not for the syncs of the one
 * who lost him.
 */
export async function consentOf(
  { pool, consents }: { readonly pool: Pool; readonly consents: Pick<ConsentStore, 'tokenOf'> },
  { sellerId, tenantId }: TokenOwner,
): Promise<StoredConsent> {
  const account = await accountOfSeller(pool, sellerId);
  if (account === null || account.tenantId !== tenantId)
    throw new ReauthorizationRequired('the seller is not connected any more');
  return { version: account.logVersion, refreshToken: () => consents.tokenOf(account) };
}
