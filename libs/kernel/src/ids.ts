import { createHash, randomBytes } from 'node:crypto';

/** Random bytes are drawn in bulk: one system call for 256 ids (drawn singly they were 7 % of an append). */
let pool = Buffer.alloc(0);

function random16(): Buffer {
  if (pool.length < 16) pool = randomBytes(16 * 256);
  const bytes = pool.subarray(0, 16);
  pool = pool.subarray(16);
  return bytes;
}

/** A new UUIDv7 (RFC 9562): time-ordered, so that index inserts land at the right edge. */
export function newId(now: number = Date.now()): string {
  const bytes = random16();
  bytes.writeUIntBE(now, 0, 6);
  return asUuid(bytes, 7);
}

/**
 * The id of something that follows from something else: the same parts always give the same id, so that a
 * repeated reaction is recognised as a repeat instead of happening twice. UUIDv8 over SHA-256.
 */
export function derivedId(...parts: readonly string[]): string {
  return asUuid(digest(parts).subarray(0, 16), 8);
}

/** A short deterministic id such as `claim_4f0c…`: prefix and 26 hexadecimal digits over the parts. */
export function derivedName(prefix: string, ...parts: readonly string[]): string {
  return `${prefix}_${digest(parts).toString('hex').slice(0, 26)}`;
}

/** A new random name such as `sync_0190…`, sortable by the time it was made. */
export function newName(prefix: string): string {
  return `${prefix}_${newId().replaceAll('-', '')}`;
}

/** SHA-256 over length-prefixed parts: `('ab','c')` and `('a','bc')` differ. */
function digest(parts: readonly string[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest();
}

function asUuid(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}
