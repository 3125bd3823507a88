import type { Pool } from 'pg';
import { CannotOpen } from './cipher.js';
import { documentKeyPlace } from './document-vault.js';
import type { KeyRing, WrappedKey } from './key-ring.js';
import { tenantKeyPlace } from './tenant-keys.js';

/** What came of a re-wrapping. */
export interface Rewrapped {
  readonly rewrapped: number;
  /** Data keys that no key of the ring opens: they stay as they are. */
  readonly unopened: number;
}

export interface RewrapOptions {
  /** Of the owner of the tables: no service may change a stored key. */
  readonly db: Pool;
  readonly keys: KeyRing;
  /** Data keys read and written at a time. */
  readonly batch?: number;
  /** Told after each batch, with the sums so far. */
  readonly onBatch?: (done: Rewrapped) => void;
}

interface StoredKey extends WrappedKey {
  readonly tenantId: string;
  readonly generation: string;
}

/** Where data keys are stored, and the place that each was wrapped for. */
interface KeyTable {
  /** The next keys that another than $1 wraps, after the tenant $2 and generation $3, $4 at most. */
  readonly next: string;
  /** Puts what is wrapped anew in the place of what was read, where that still stands. */
  readonly replace: string;
  readonly place: (key: StoredKey) => string;
}

const GIVEN = `from unnest($2::text[], $3::bigint[], $4::bytea[], $5::bytea[])
  as given(tenant_id, generation, read, wrapped)`;

const TENANT_KEYS: KeyTable = {
  next: `select tenant_id as "tenantId", 0::bigint as generation, wrapped, key_id as "keyId" from vault.tenant_key
    where key_id is distinct from $1 and (tenant_id, 0::bigint) > ($2, $3::bigint) order by tenant_id limit $4`,
  replace: `update vault.tenant_key k set wrapped = given.wrapped, key_id = $1 ${GIVEN}
    where k.tenant_id = given.tenant_id and k.wrapped = given.read`,
  place: ({ tenantId }) => tenantKeyPlace(tenantId),
};

const DOCUMENT_KEYS: KeyTable = {
  next: `select tenant_id as "tenantId", generation, wrapped, key_id as "keyId" from vault.document_key
    where key_id is distinct from $1 and (tenant_id, generation) > ($2, $3::bigint)
    order by tenant_id, generation limit $4`,
  replace: `update vault.document_key k set wrapped = given.wrapped, key_id = $1 ${GIVEN}
    where k.tenant_id = given.tenant_id and k.generation = given.generation and k.wrapped = given.read`,
  place: ({ tenantId, generation }) =>
    documentKeyPlace({ tenantId, generation: Number(generation) }),
};

/**
 * Wraps the keys of tenants with the current key of the ring, those that another one wrapped. What was sealed stays as it
 * is, and who seals, opens and destroys goes on meanwhile: a key that was destroyed or replaced since it was read is left
 * alone. A run that was cut short goes on where it stopped, and several at once do no harm.
 */
export function rewrapTenantKeys(options: RewrapOptions): Promise<Rewrapped> {
  return rewrap(TENANT_KEYS, options);
}

/** The same for the keys of documents, which have a ring of their own. */
export function rewrapDocumentKeys(options: RewrapOptions): Promise<Rewrapped> {
  return rewrap(DOCUMENT_KEYS, options);
}

async function rewrap(
  { next, replace, place }: KeyTable,
  { db, keys, batch = 100, onBatch }: RewrapOptions,
): Promise<Rewrapped> {
  let [rewrapped, unopened] = [0, 0];
  let last: StoredKey | undefined;
  for (;;) {
    const from = [keys.currentId, last?.tenantId ?? '', last?.generation ?? -1, batch];
    const { rows: page } = await db.query<StoredKey>(next, from);
    last = page.at(-1);
    if (!last) return { rewrapped, unopened };
    const opened = page.flatMap((stored) => {
      const key = unwrapped(keys, place(stored), stored);
      return key ? [{ ...stored, anew: keys.wrap(place(stored), key).wrapped }] : [];
    });
    const { rowCount } = await db.query(replace, [
      keys.currentId,
      opened.map(({ tenantId }) => tenantId),
      opened.map(({ generation }) => generation),
      opened.map(({ wrapped }) => wrapped),
      opened.map(({ anew }) => anew),
    ]);
    rewrapped += rowCount ?? 0;
    unopened += page.length - opened.length;
    onBatch?.({ rewrapped, unopened });
  }
}

/** Null when no key of the ring opens it. */
function unwrapped(keys: KeyRing, place: string, stored: WrappedKey): Buffer | null {
  try {
    return keys.unwrap(place, stored);
  } catch (error) {
    if (error instanceof CannotOpen) return null;
    throw error;
  }
}
