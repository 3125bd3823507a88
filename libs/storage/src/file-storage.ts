/** Where the bytes of files are kept. What is put is sealed already: a storage sees neither content nor names. */
export interface FileStorage {
  /** Keeps the bytes under a key; the same key again replaces them. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes under a key; null where there are none. */
  get(key: string): Promise<Uint8Array | null>;
  /** Forgets every key that begins so. */
  forget(prefix: string): Promise<void>;
}
