import type { Marketplace } from '@recoup/contracts';
import { codeOf } from '@recoup/kernel';
import type { Pool } from 'pg';
import type { Region } from '../amazon/regions.js';
import { run, statements, type Database } from '../tables.js';

const UNIQUE_VIOLATION = '23505';

/** An Amazon seller that a tenant has connected. */
export interface SellerAccount {
  readonly tenantId: string;
  readonly sellerId: string;
  readonly region: Region;
  readonly marketplaces: readonly Marketplace[];
  /** Sealed by the vault. */
  readonly sealedRefreshToken: string;
}

/** The seller of a tenant; null when Amazon is not connected. */
export function accountOfTenant(db: Database, tenantId: string): Promise<SellerAccount | null> {
  return accountBy(db, 'tenant_id', tenantId);
}

/** The tenant's account that holds a seller; null when none does. */
export function accountOfSeller(db: Database, sellerId: string): Promise<SellerAccount | null> {
  return accountBy(db, 'selling_partner_id', sellerId);
}

async function accountBy(
  db: Database,
  column: 'tenant_id' | 'selling_partner_id',
  value: string,
): Promise<SellerAccount | null> {
  const [row] = await run(
    db,
    statements.selectFrom('ingestion.seller_account').selectAll().where(column, '=', value),
  );
  if (!row) return null;
  return {
    tenantId: row.tenant_id,
    sellerId: row.selling_partner_id,
    region: row.region,
    marketplaces: row.marketplaces,
    sealedRefreshToken: row.refresh_token,
  };
}

/**
 * Stores a seller's consent, a first one or a renewed one. False when the seller is another tenant's, or the tenant
 * holds another seller: the unique keys decide, also between two requests at the same instant.
 */
export async function saveAccount(pool: Pool, account: SellerAccount): Promise<boolean> {
  try {
    return await upsertAccount(pool, account);
  } catch (error) {
    if (codeOf(error) === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

async function upsertAccount(pool: Pool, account: SellerAccount): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into ingestion.seller_account as held
       (tenant_id, selling_partner_id, region, marketplaces, refresh_token)
     select $1, $2, $3, $4, $5
     where not exists (select from ingestion.seller_account other
       where other.selling_partner_id = $2 and other.tenant_id <> $1)
     on conflict (tenant_id) do update set region = excluded.region, marketplaces = excluded.marketplaces,
       refresh_token = excluded.refresh_token, consent_valid = true, connected_at = now(),
       next_sync_at = '-infinity'
     where held.selling_partner_id = excluded.selling_partner_id`,
    [
      account.tenantId,
      account.sellerId,
      account.region,
      JSON.stringify(account.marketplaces),
      account.sealedRefreshToken,
    ],
  );
  return rowCount === 1;
}

/** Amazon no longer accepts the consent; it stays stored until the seller renews it. */
export async function markConsentInvalid(pool: Pool, tenantId: string): Promise<void> {
  await run(
    pool,
    statements
      .updateTable('ingestion.seller_account')
      .set({ consent_valid: false })
      .where('tenant_id', '=', tenantId),
  );
}
