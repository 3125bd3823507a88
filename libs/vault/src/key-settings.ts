import { z } from 'zod';
import { keyRing, type KeyRing } from './key-ring.js';
import { KEY_BYTES } from './tenant-keys.js';

const wrappingKey = z
  .base64('is not base64')
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((key) => key.length === KEY_BYTES, `does not hold ${KEY_BYTES} bytes`);

/** Keys apart by commas. */
const wrappingKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => key.trim()))
  .pipe(z.array(wrappingKey))
  .optional();

/** Of who keeps secrets of Amazon's: 32 bytes in base64, and further ones that open what they wrapped. */
export const encryptionKeySettings = {
  ENCRYPTION_KEY: wrappingKey,
  ENCRYPTION_KEYS_ACCEPTED: wrappingKeys,
} as const;

/** Of who keeps files of sellers; without a storage for them there is none. */
export const documentKeySettings = {
  DOCUMENT_ENCRYPTION_KEY: wrappingKey.optional(),
  DOCUMENT_ENCRYPTION_KEYS_ACCEPTED: wrappingKeys,
} as const;

export interface EncryptionKeySettings {
  readonly ENCRYPTION_KEY: Buffer;
  readonly ENCRYPTION_KEYS_ACCEPTED?: readonly Buffer[] | undefined;
}

export interface DocumentKeySettings {
  readonly DOCUMENT_ENCRYPTION_KEY?: Buffer | undefined;
  readonly DOCUMENT_ENCRYPTION_KEYS_ACCEPTED?: readonly Buffer[] | undefined;
}

/** The ring that wraps tenants' keys. */
export function encryptionKeys(settings: EncryptionKeySettings): KeyRing {
  return keyRing(settings.ENCRYPTION_KEY, settings.ENCRYPTION_KEYS_ACCEPTED);
}

/** The ring that wraps the keys of documents; null where none is set. */
export function documentKeys(settings: DocumentKeySettings): KeyRing | null {
  const { DOCUMENT_ENCRYPTION_KEY: current } = settings;
  return current ? keyRing(current, settings.DOCUMENT_ENCRYPTION_KEYS_ACCEPTED) : null;
}
