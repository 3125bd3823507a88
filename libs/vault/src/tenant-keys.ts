import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { CannotOpen, decrypt, encrypt } from './cipher.js';

export const KEY_BYTES = 32;

export interface VaultOptions {
  /** A pool, or the transaction that a change of keys belongs to. */
  readonly db: Pool | PoolClient;
  /** The key-encryption key, 32 bytes. It never leaves the environment. */
  readonly encryptionKey: Buffer;
}

/** The data key of each tenant, stored wrapped. */
export interface TenantKeys {
  /** Null when the tenant has none, or it was shredded. */
  find(tenantId: string): Promise<Buffer | null>;
  findOrMake(tenantId: string): Promise<Buffer>;
}

export function tenantKeys({ db, encryptionKey }: VaultOptions): TenantKeys {
  const place = (tenantId: string): string => `${tenantId}|tenant-key`;

  const find = async (tenantId: string): Promise<Buffer | null> => {
    const { rows } = await db.query<{ wrapped: Buffer }>(
      'select wrapped from vault.tenant_key where tenant_id = $1',
      [tenantId],
    );
    return rows[0] ? decrypt(encryptionKey, place(tenantId), rows[0].wrapped) : null;
  };
  const make = async (tenantId: string): Promise<Buffer> => {
    await db.query(
      'insert into vault.tenant_key (tenant_id, wrapped) values ($1, $2) on conflict do nothing',
      [tenantId, encrypt(encryptionKey, place(tenantId), randomBytes(KEY_BYTES))],
    );
    const key = await find(tenantId); // another process may have been first: its key is the one
    if (!key) throw new CannotOpen('the key was shredded while it was made');
    return key;
  };

  return { find, findOrMake: async (tenantId) => (await find(tenantId)) ?? make(tenantId) };
}
