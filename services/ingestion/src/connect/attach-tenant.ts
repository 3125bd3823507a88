import type { ConnectRequest } from '@recoup/contracts';
import { newName } from '@recoup/kernel';
import type { Vault } from '@recoup/vault';
import type { Pool } from 'pg';
import { refuse, type Refused } from './refusal.js';
import {
  accountOfSeller,
  accountOfTenant,
  saveAccount,
  type SellerAccount,
} from './seller-account.js';
import type { Proof } from './verify-seller.js';

/** What the refresh token is sealed for; opened for anything else it stays shut. */
export const REFRESH_TOKEN = 'amazon-refresh-token';

export interface AttachDeps {
  readonly pool: Pool;
  readonly vault: Vault;
}

export interface Attachment {
  readonly request: ConnectRequest;
  readonly marketplaces: SellerAccount['marketplaces'];
  readonly refreshToken: string;
  readonly proof: Proof;
}

/**
 * Stores a consent with the tenant it belongs to: the one signed in, else the one that holds the seller, else a new one.
 * Answers the tenant, or why not.
 */
export async function attachTenant(
  { pool, vault }: AttachDeps,
  { request, marketplaces, refreshToken, proof }: Attachment,
): Promise<{ readonly tenantId: string } | Refused> {
  const sellerId = request.sellingPartnerId;
  for (let attempt = 1; ; attempt += 1) {
    const holder = await accountOfSeller(pool, sellerId);
    const refused = refusalBy(holder, { request, proof });
    if (refused) return refused;
    const tenantId = request.tenantId ?? holder?.tenantId ?? newName('tenant');
    const sealedRefreshToken = await vault.seal(tenantId, REFRESH_TOKEN, refreshToken);
    const account = {
      tenantId,
      sellerId,
      region: request.region,
      marketplaces,
      sealedRefreshToken,
    };
    if (await saveAccount(pool, account)) return { tenantId };
    const held = await accountOfTenant(pool, tenantId);
    if (held && held.sellerId !== sellerId) return refuse('already_connected');
    // Somebody else connected this seller at the same instant: the next look sees who.
    if (attempt === 3) return refuse('seller_already_connected');
  }
}

function refusalBy(
  holder: SellerAccount | null,
  { request, proof }: { readonly request: ConnectRequest; readonly proof: Proof },
): Refused | null {
  if (!holder || holder.tenantId === request.tenantId) return null;
  if (request.tenantId !== null) return refuse('seller_already_connected');
  // Nobody is signed in: only a proven seller may be let into the account that holds him.
  if (proof === 'same') return null;
  return refuse(
    'seller_already_connected',
    'This Amazon seller is connected to an account already. Please sign in to that account first.',
  );
}
