import { randomBytes } from 'node:crypto';
import type { Clock } from '@recoup/kernel';
import { CannotOpen, decrypt, encrypt } from './cipher.js';
import { KEY_BYTES, tenantKeys, type VaultOptions } from './tenant-keys.js';

export interface RecordVaultOptions extends VaultOptions {
  /** Says which keys have had their day. */
  readonly clock: Clock;
}

/** What a record is sealed for; it opens for nothing else. */
export interface RecordPlace {
  readonly tenantId: string;
  readonly purpose: string;
  readonly record: string;
}

export interface RecordToSeal {
  readonly record: string;
  readonly text: string;
  /** From then on the text is unreadable, wherever copies of it are. */
  readonly expiresAt: Date;
}

/** Seals records that must be forgotten one by one: each under a key of its own, which is wrapped by its tenant's. */
export interface RecordVault {
  /**
   * Sealed texts (base64) by record, in one statement. A record that is sealed again gets another key: what was sealed
   * for it before is unreadable. A record that comes twice is sealed as it came last.
   */
  sealAll(
    tenantId: string,
    purpose: string,
    records: readonly RecordToSeal[],
  ): Promise<ReadonlyMap<string, string>>;
  /** Throws CannotOpen in another place, when it was changed, and once its key is expired or destroyed. */
  open(place: RecordPlace, sealed: string): Promise<string>;
  /** Destroys keys of this purpose that have had their day, the oldest first; answers whose they were. */
  shredExpired(purpose: string, atMost: number): Promise<readonly RecordPlace[]>;
}

const PUT = `insert into vault.record_key (tenant_id, purpose, record, wrapped, expires_at)
  select $1, $2, given.* from unnest($3::text[], $4::bytea[], $5::timestamptz[]) as given(record, wrapped, expires_at)
  on conflict (tenant_id, purpose, record)
  do update set wrapped = excluded.wrapped, expires_at = excluded.expires_at`;

const FIND = `select wrapped from vault.record_key
  where tenant_id = $1 and purpose = $2 and record = $3 and expires_at > $4`;

// Rows that another process is just destroying are passed by, so that none waits for another.
const SHRED = `delete from vault.record_key where (tenant_id, purpose, record) in (
    select tenant_id, purpose, record from vault.record_key
    where purpose = $1 and expires_at <= $2 order by expires_at limit $3 for update skip locked)
  returning tenant_id as "tenantId", purpose, record`;

export function openRecordVault(options: RecordVaultOptions): RecordVault {
  const { db, clock } = options;
  const tenants = tenantKeys(options);
  return {
    async sealAll(tenantId, purpose, records) {
      if (records.length === 0) return new Map();
      const tenantKey = await tenants.findOrMake(tenantId);
      // In the order of their names: two transactions that seal the same records never wait for each other in a circle.
      const last = [...new Map(records.map((each) => [each.record, each])).values()].sort((a, b) =>
        a.record < b.record ? -1 : 1,
      );
      const made = last.map(({ record, text, expiresAt }) => {
        const place = placeOf({ tenantId, purpose, record });
        const key = randomBytes(KEY_BYTES);
        const wrapped = encrypt(tenantKey, wrapping(place), key);
        const sealed = encrypt(key, place, Buffer.from(text)).toString('base64');
        return { record, expiresAt, wrapped, sealed };
      });
      await db.query(PUT, [
        tenantId,
        purpose,
        made.map(({ record }) => record),
        made.map(({ wrapped }) => wrapped),
        made.map(({ expiresAt }) => expiresAt),
      ]);
      return new Map(made.map(({ record, sealed }) => [record, sealed]));
    },
    async open(at, sealed) {
      const { tenantId, purpose, record } = at;
      const tenantKey = await tenants.find(tenantId);
      const { rows } = await db.query<{ wrapped: Buffer }>(FIND, [
        tenantId,
        purpose,
        record,
        clock.now(),
      ]);
      if (!tenantKey || !rows[0]) throw new CannotOpen('the key of this record is gone');
      const place = placeOf(at);
      const key = decrypt(tenantKey, wrapping(place), rows[0].wrapped);
      return decrypt(key, place, Buffer.from(sealed, 'base64')).toString();
    },
    async shredExpired(purpose, atMost) {
      const { rows } = await db.query<RecordPlace>(SHRED, [purpose, clock.now(), atMost]);
      return rows;
    },
  };
}

/** As a list, so that no two places read the same. */
function placeOf({ tenantId, purpose, record }: RecordPlace): string {
  return JSON.stringify([tenantId, purpose, record]);
}

function wrapping(place: string): string {
  return `${place}|record-key`;
}
