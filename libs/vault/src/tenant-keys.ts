import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { CannotOpen } from './cipher.js';
import type { KeyRing, WrappedKey } from './key-ring.js';

export const KEY_BYTES = 32;

export interface VaultOptions {
  /** A pool, or the transaction that a change of keys belongs to. */
  readonly db: Pool | PoolClient;
  /** What wraps data keys. It never leaves the environment. */
  readonly keys: KeyRing;
}

/** The data key of each tenant, stored wrapped. */
export interface TenantKeys {
  /** Null when the tenant has none, or it was shredded. */
  find(tenantId: string): Promise<Buffer | null>;
  findOrMake(tenantId: string): Promise<Buffer>;
}

/** What a tenant's key is wrapped for; it opens in no other row. */
export function tenantKeyPlace(tenantId: string): string {
  return `${tenantId}|tenant-key`;
}

export function tenantKeys({ db, keys }: VaultOptions): TenantKeys {
  const find = async (tenantId: string): Promise<Buffer | null> => {
    const { rows } = await db.query<WrappedKey>(
      'select wrapped, key_id as "keyId" from vault.tenant_key where tenant_id = $1',
      [tenantId],
    );
    return rows[0] ? keys.unwrap(tenantKeyPlace(tenantId), rows[0]) : null;
  };
  const make = async (tenantId: string): Promise<Buffer> => {
    const { wrapped, keyId } = keys.wrap(tenantKeyPlace(tenantId), randomBytes(KEY_BYTES));
    await db.query(
      'insert into vault.tenant_key (tenant_id, wrapped, key_id) values ($1, $2, $3) on conflict do nothing',
      [tenantId, wrapped, keyId],
    );
    const key = await find(tenantId); // another process may have been first: its key is the one
    if (!key) throw new CannotOpen('the key was shredded while it was made');
    return key;
  };

  return { find, findOrMake: async (tenantId) => (await find(tenantId)) ?? make(tenantId) };
}
