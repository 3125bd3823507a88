import { randomBytes } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { CannotOpen, decrypt, encrypt } from './cipher.js';
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

/** `encryptionKey` wraps the keys of documents alone: whoever holds it can open no secret of Amazon's. */
export function openDocumentVault({ db, encryptionKey }: VaultOptions): DocumentVault {
  const wrapping = ({ tenantId, generation }: DocumentPlace): string =>
    JSON.stringify([tenantId, generation, 'document-key']);

  const find = async (place: DocumentPlace): Promise<Buffer | null> => {
    const { rows } = await db.query<{ wrapped: Buffer }>(
      'select wrapped from vault.document_key where tenant_id = $1 and generation = $2',
      [place.tenantId, place.generation],
    );
    return rows[0] ? decrypt(encryptionKey, wrapping(place), rows[0].wrapped) : null;
  };
  const make = async (place: DocumentPlace): Promise<Buffer> => {
    const wrapped = encrypt(encryptionKey, wrapping(place), randomBytes(KEY_BYTES));
    await db.query(
      'insert into vault.document_key (tenant_id, generation, wrapped) values ($1, $2, $3) on conflict do nothing',
      [place.tenantId, place.generation, wrapped],
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
