import { CannotOpen, decrypt, encrypt } from './cipher.js';
import { tenantKeys, type VaultOptions } from './tenant-keys.js';

/** Seals fields per tenant. A sealed value opens only for the tenant and purpose it was sealed for. */
export interface Vault {
  /** Answers base64 text; sealing the same text twice gives different texts. */
  seal(tenantId: string, purpose: string, text: string): Promise<string>;
  /** Throws CannotOpen for another tenant's or purpose's value, a changed one, and after `shred`. */
  open(tenantId: string, purpose: string, sealed: string): Promise<string>;
  /** Destroys the tenant's key: all that was sealed for it is unreadable from now on, records with keys of their own too. */
  shred(tenantId: string): Promise<void>;
}

export function openVault(options: VaultOptions): Vault {
  const keys = tenantKeys(options);
  return {
    async seal(tenantId, purpose, text) {
      const key = await keys.findOrMake(tenantId);
      return encrypt(key, `${tenantId}|${purpose}`, Buffer.from(text)).toString('base64');
    },
    async open(tenantId, purpose, sealed) {
      const key = await keys.find(tenantId);
      if (!key) throw new CannotOpen('the key of this tenant was shredded');
      return decrypt(key, `${tenantId}|${purpose}`, Buffer.from(sealed, 'base64')).toString();
    },
    async shred(tenantId) {
      await options.db.query('delete from vault.tenant_key where tenant_id = $1', [tenantId]);
    },
  };
}
