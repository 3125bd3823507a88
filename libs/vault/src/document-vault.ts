import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { CannotOpen, decrypt, encrypt } from './cipher.js';
import type { WrappedKey } from './key-ring.js';
import { KEY_BYTES, type VaultOptions } from './tenant-keys.js';

/** What bytes are sealed for; they open for nothing else. */
export interface DocumentPlace {
  readonly tenantId: string;
  /** Where in the log the tenant's data were last erased before, 0 for never: an erasure destroys what is older. */
  readonly generation: number;
  readonly documentId: string;
  /** Tells the bytes of a document from others that belong to it, such as its text. */
  readonly part: string;
}

/** Seals the files that sellers give, under keys that hold nothing else. */
export interface DocumentVault {
  /** Sealing the same bytes twice gives different bytes. */
  seal(place: DocumentPlace, bytes: Uint8Array): Promise<Buffer>;
  /** Throws CannotOpen in another place, when they were changed, and once the key is destroyed. */
  open(place: DocumentPlace, sealed: Uint8Array): Promise<Buffer>;
}

/** What a key of documents is wrapped for; it opens in no other row. */
export function documentKeyPlace({
  tenantId,
  generation,
}: Pick<DocumentPlace, 'tenantId' | 'generation'>): string {
  return JSON.stringify([tenantId, generation, 'document-key']);
}

/** `keys` wrap the keys of documents alone: whoever holds them can open no secret of Amazon's. */
export function openDocumentVault({ db, keys }: VaultOptions): DocumentVault {
  const find = async (place: DocumentPlace): Promise<Buffer | null> => {
    const { rows } = await db.query<WrappedKey>(
      `select wrapped, key_id as "keyId" from vault.document_key where tenant_id = $1 and generation = $2`,
      [place.tenantId, place.generation],
    );
    return rows[0] ? keys.unwrap(documentKeyPlace(place), rows[0]) : null;
  };
  const make = async (place: DocumentPlace): Promise<Buffer> => {
    const { wrapped, keyId } = keys.wrap(documentKeyPlace(place), randomBytes(KEY_BYTES));
    await db.query(
      `insert into vault.document_key (tenant_id, generation, wrapped, key_id) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [place.tenantId, place.generation, wrapped, keyId],
    );
    const key = await find(place); // another process may have been first: its key is the one
    if (!key) throw new CannotOpen('the key was destroyed while it was made');
    return key;
  };

  return {
    async seal(place, bytes) {
      const key = (await find(place)) ?? (await make(place));
      return encrypt(key, placeOf(place), Buffer.from(bytes));
    },
    async open(place, sealed) {
      const key = await find(place);
      if (!key) throw new CannotOpen('the key of this document is gone');
      return decrypt(key, placeOf(place), Buffer.from(sealed));
    },
  };
}

/** As a list, so that no two places read the same. */
function placeOf({ tenantId, generation, documentId, part }: DocumentPlace): string {
  return JSON.stringify([tenantId, generation, documentId, part]);
}

/** Destroys the tenant's keys older than a generation; answers the generations that had one. */
export async function shredDocumentKeys(
  db: Pool | PoolClient,
  { tenantId, before }: { readonly tenantId: string; readonly before: number },
): Promise<readonly number[]> {
  const { rows } = await db.query<{ generation: string }>(
    'delete from vault.document_key where tenant_id = $1 and generation < $2 returning generation',
    [tenantId, before],
  );
  return rows.map(({ generation }) => Number(generation));
}
