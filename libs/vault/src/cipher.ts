import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@recoup/kernel';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What was sealed cannot be opened: it was changed, moved to another place, or its key is gone. */
export class CannotOpen extends AppError {
  readonly code = 'CANNOT_OPEN';
}

/** AES-256-GCM: nonce, ciphertext, tag. The associated data says where the secret belongs. */
export function encrypt(key: Buffer, associated: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(associated));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws CannotOpen when key, place or content are not those of the encryption. */
export function decrypt(key: Buffer, associated: string, sealed: Buffer): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(associated))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw new CannotOpen('a sealed value cannot be opened', { cause });
  }
}
