import { createHmac } from 'node:crypto';
import { CannotOpen, decrypt, encrypt } from './cipher.js';

/** A data key as it is stored: encrypted by a wrapping key, which is named and never stored. */
export interface WrappedKey {
  readonly wrapped: Buffer;
  /** Null: wrapped before wrapping keys had names; whichever opens it was it. */
  readonly keyId: string | null;
}

/** The wrapping keys of a process: one wraps, all of them open. */
export interface KeyRing {
  /** The name of the key that wraps. */
  readonly currentId: string;
  /** Wraps a data key for the place where it will be stored. */
  wrap(place: string, key: Buffer): WrappedKey;
  /** Throws CannotOpen for another place, a changed text, and a wrapping key that is not of this ring. */
  unwrap(place: string, stored: WrappedKey): Buffer;
}

const ID_BYTES = 8;

/** Tells keys apart and nothing about them: a digest under a name, cut to 64 bits. */
function idOf(key: Buffer): string {
  return createHmac('sha256', key)
    .update('recoup wrapping key')
    .digest('hex')
    .slice(0, 2 * ID_BYTES);
}

/**
 * A ring of 32-byte keys. `accepted` are further keys that open what they wrapped: the one before the current, or the one
 * that comes next while not every process wraps with it yet.
 */
export function keyRing(current: Buffer, accepted: readonly Buffer[] = []): KeyRing {
  const currentId = idOf(current);
  const byId = new Map([current, ...accepted].map((key) => [idOf(key), key]));
  const anyOf = (place: string, wrapped: Buffer): Buffer => {
    for (const key of byId.values()) {
      try {
        return decrypt(key, place, wrapped);
      } catch (error) {
        if (!(error instanceof CannotOpen)) throw error;
      }
    }
    throw new CannotOpen('no wrapping key opens this data key');
  };
  return {
    currentId,
    wrap: (place, key) => ({ wrapped: encrypt(current, place, key), keyId: currentId }),
    unwrap(place, { wrapped, keyId }) {
      if (keyId === null) return anyOf(place, wrapped);
      const key = byId.get(keyId);
      if (!key) throw new CannotOpen(`wrapped by the key ${keyId}, which is not among those set`);
      return decrypt(key, place, wrapped);
    },
  };
}
