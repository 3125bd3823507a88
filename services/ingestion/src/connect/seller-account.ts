import type { Marketplace } from '@recoup/contracts';
import type { Pool } from 'pg';
import type { Region } from '../amazon/regions.js';
import { run, statements, type Database } from '../tables.js';

/** An Amazon seller that a tenant has connected. */
export interface SellerAccount {
  readonly tenantId: string;
  readonly sellerId: string;
  readonly region: Region;
  readonly marketplaces: readonly Marketplace[];
  /** Sealed by the vault. */
  readonly sealedRefreshToken: string;
  /** Version of the connection's stream that the consent was stored on: a later consent has a later one. */
  readonly logVersion: number;
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
    logVersion: row.log_version,
  };
}

/**
 * Stores a seller's consent, a first one or a renewed one, as of a version of the connection's stream. False when the
 * seller is another tenant's, or the tenant holds another seller: the unique keys decide, also between two requests at
 * the same instant. A seller whose disconnection the stream tells, and of which we have not heard, makes room.
 */
export async function upsertAccount(db: Database, account: SellerAccount): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into ingestion.seller_account as held
       (tenant_id, selling_partner_id, region, marketplaces, refresh_token, log_version)
     select $1, $2, $3, $4, $5, $6
     where not exists (select from ingestion.seller_account other
       where other.selling_partner_id = $2 and other.tenant_id <> $1)
     on conflict (tenant_id) do update set selling_partner_id = excluded.selling_partner_id,
       region = excluded.region, marketplaces = excluded.marketplaces,
       refresh_token = excluded.refresh_token, consent_valid = true, connected_at = now(),
       log_version = excluded.log_version, next_sync_at = '-infinity'
     where held.selling_partner_id = excluded.selling_partner_id or held.log_version < excluded.log_version`,
    [
      account.tenantId,
      account.sellerId,
      account.region,
      JSON.stringify(account.marketplaces),
      account.sealedRefreshToken,
      account.logVersion,
    ],
  );
  return rowCount === 1;
}

/** Forgets the consent of a tenant that ended with this version of its connection; one that was stored later stays. */
export async function forgetAccount(
  db: Database,
  { tenantId, version }: { readonly tenantId: string; readonly version: number },
): Promise<void> {
  await run(
    db,
    statements
      .deleteFrom('ingestion.seller_account')
      .where('tenant_id', '=', tenantId)
      .where('log_version', '<', version),
  );
}

/**
 * Amazon no longer accepts this version of the consent; it stays stored until the seller renews it. False when it is not
 * the one that is stored now: what is there then was not refused.
 */
export async function markConsentInvalid(
  pool: Pool,
  { tenantId, consent }: { readonly tenantId: string; readonly consent: number },
): Promise<boolean> {
  const marked = await run(
    pool,
    statements
      .updateTable('ingestion.seller_account')
      .set({ consent_valid: false })
      .where('tenant_id', '=', tenantId)
      .where('log_version', '=', consent)
      .returning('tenant_id'),
  );
  return marked.length === 1;
}
