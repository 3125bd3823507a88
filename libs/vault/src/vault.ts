import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { CannotOpen, decrypt, encrypt } from './cipher.js';

export interface VaultOptions {
  /** A pool, or the transaction that a change of keys belongs to. */
  readonly db: Pool | PoolClient;
  /** The key-encryption key, 32 bytes. It never leaves the environment. */
  readonly encryptionKey: Buffer;
}

/** Seals fields per tenant. A sealed value opens only for the tenant and purpose it was sealed for. */
export interface Vault {
  /** Answers base64 text; sealing the same text twice gives different texts. */
  seal(tenantId: string, purpose: string, text: string): Promise<string>;
  /** Throws CannotOpen for another tenant's or purpose's value, a changed one, and after `shred`. */
  open(tenantId: string, purpose: string, sealed: string): Promise<string>;
  /** Destroys the tenant's key: all that was sealed for it is unreadable from now on. */
  shred(tenantId: string): Promise<void>;
}

export function openVault({ db, encryptionKey }: VaultOptions): Vault {
  const wrapPlace = (tenantId: string): string => `${tenantId}|tenant-key`;

  const keyOf = async (tenantId: string): Promise<Buffer | null> => {
    const { rows } = await db.query<{ wrapped: Buffer }>(
      'select wrapped from vault.tenant_key where tenant_id = $1',
      [tenantId],
    );
    return rows[0] ? decrypt(encryptionKey, wrapPlace(tenantId), rows[0].wrapped) : null;
  };
  const makeKey = async (tenantId: string): Promise<Buffer> => {
    await db.query(
      'insert into vault.tenant_key (tenant_id, wrapped) values ($1, $2) on conflict do nothing',
      [tenantId, encrypt(encryptionKey, wrapPlace(tenantId), randomBytes(32))],
    );
    const key = await keyOf(tenantId); // another process may have been first: its key is the one
    if (!key) throw new CannotOpen('the key was shredded while it was made');
    return key;
  };

  return {
    async seal(tenantId, purpose, text) {
      const key = (await keyOf(tenantId)) ?? (await makeKey(tenantId));
      return encrypt(key, `${tenantId}|${purpose}`, Buffer.from(text)).toString('base64');
    },
    async open(tenantId, purpose, sealed) {
      const key = await keyOf(tenantId);
      if (!key) throw new CannotOpen('the key of this tenant was shredded');
      return decrypt(key, `${tenantId}|${purpose}`, Buffer.from(sealed, 'base64')).toString();
    },
    async shred(tenantId) {
      await db.query('delete from vault.tenant_key where tenant_id = $1', [tenantId]);
    },
  };
}
