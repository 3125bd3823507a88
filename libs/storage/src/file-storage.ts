import { createHash } from 'node:crypto';
import { AppError } from '@recoup/kernel';

/** Where the bytes of files are kept. What is put is sealed already: a storage sees neither content nor names. */
export interface FileStorage {
  /** Keeps the bytes under a key, whole or not at all; the same key again replaces them. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes under a key; null where there are none. */
  get(key: string): Promise<Uint8Array | null>;
  /** Forgets the key, and every key below it (`a` forgets `a/b`, and not `ab`). What is not there is forgotten already. */
  forget(key: string): Promise<void>;
}

/** A key that no storage takes: keys are made by the product and never hold what a user wrote. */
export class BadStorageKey extends AppError {
  readonly code = 'BAD_STORAGE_KEY';
}

/** The storage did not answer, or not in a way that can be used. It can be tried again. */
export class StorageAway extends AppError {
  readonly code = 'STORAGE_AWAY';
}

const KEY = /^[a-z0-9_]{1,100}(\/[a-z0-9_]{1,100}){0,5}$/;

/** Answers the key. No dot, no blank, no backslash: nothing in it can lead out of where it is kept. */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new BadStorageKey('a storage key is words of a-z, 0-9 and _ between /');
  return key;
}

export interface FilePlace {
  readonly tenantId: string;
  readonly generation: number;
  readonly fileId: string;
}

/** The key of a file: nothing in it is what a user wrote, and who it belongs to is a digest. */
export function fileKey(place: FilePlace): string {
  return checkedKey(`${generationKey(place)}/${place.fileId}`);
}

/** Above all files of a tenant that one key seals. */
export function generationKey({ tenantId, generation }: Omit<FilePlace, 'fileId'>): string {
  const tenant = createHash('sha256').update(tenantId).digest('hex').slice(0, 40);
  return checkedKey(`${tenant}/g${generation}`);
}
