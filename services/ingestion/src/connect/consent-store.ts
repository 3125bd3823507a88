import { codeOf } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { openVault, type KeyRing } from '@recoup/vault';
import type { Pool, PoolClient } from 'pg';
import { accountOfTenant, upsertAccount, type SellerAccount } from './seller-account.js';

/** What the refresh token is sealed for; opened for anything else it stays shut. */
export const REFRESH_TOKEN = 'amazon-refresh-token';

const UNIQUE_VIOLATION = '23505';

export interface ConsentToStore extends Omit<SellerAccount, 'sealedRefreshToken'> {
  readonly refreshToken: string;
}

/** Keeps the consents of sellers: sealed, and each under a key of its tenant that can be destroyed. */
export interface ConsentStore {
  /** False when the seller is another tenant's, or the tenant holds another seller. */
  save(consent: ConsentToStore): Promise<boolean>;
  /** The refresh token of an account. Throws CannotOpen when its key was destroyed. */
  tokenOf(account: SellerAccount): Promise<string>;
  /**
   * Destroys the tenant's key, within the transaction that erases its data. A consent that was given since is sealed
   * anew under the next key.
   */
  shred(tx: PoolClient, tenantId: string): Promise<void>;
}

export function openConsentStore(pool: Pool, keys: KeyRing): ConsentStore {
  const vaultOn = (db: Pool | PoolClient) => openVault({ db, keys });
  return {
    async save({ refreshToken, ...consent }) {
      const { tenantId } = consent;
      try {
        return await inTransaction(pool, async (tx) => {
          await lockKeyOf(tx, tenantId);
          const sealedRefreshToken = await vaultOn(tx).seal(tenantId, REFRESH_TOKEN, refreshToken);
          return upsertAccount(tx, { ...consent, sealedRefreshToken });
        });
      } catch (error) {
        if (codeOf(error) === UNIQUE_VIOLATION) return false;
        throw error;
      }
    },
    tokenOf: ({ tenantId, sealedRefreshToken }) =>
      vaultOn(pool).open(tenantId, REFRESH_TOKEN, sealedRefreshToken),
    async shred(tx, tenantId) {
      await lockKeyOf(tx, tenantId);
      const vault = vaultOn(tx);
      const later = await accountOfTenant(tx, tenantId);
      const token = later && (await vault.open(tenantId, REFRESH_TOKEN, later.sealedRefreshToken));
      await vault.shred(tenantId);
      if (token === null) return;
      const sealed = await vault.seal(tenantId, REFRESH_TOKEN, token);
      await tx.query(
        'update ingestion.seller_account set refresh_token = $2 where tenant_id = $1',
        [tenantId, sealed],
      );
    },
  };
}

/** Sealing and storing what was sealed are two steps: a key must not be destroyed between them. */
async function lockKeyOf(tx: PoolClient, tenantId: string): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('ingestion.tenant-key:' || $1, 0))`,
    [tenantId],
  );
}
