import { fileKey, type FileStorage } from '@recoup/storage';
import type { DocumentVault } from '@recoup/vault';

/** Which bytes of which document are meant. */
export interface FileRef {
  readonly tenantId: string;
  readonly documentId: string;
  readonly fileId: string;
  readonly generation: number;
}

/** The files of sellers: sealed before they are stored, opened when they are read. */
export interface DocumentFiles {
  put(ref: FileRef, bytes: Uint8Array): Promise<void>;
  /** Null where the file is not there. Throws CannotOpen once its key is destroyed. */
  get(ref: FileRef): Promise<Buffer | null>;
  forget(ref: FileRef): Promise<void>;
  /** The text that was found in a file, opened. Throws CannotOpen like `get`. */
  openText(ref: FileRef, sealed: Uint8Array): Promise<string>;
}

export function openDocumentFiles(files: FileStorage, vault: DocumentVault): DocumentFiles {
  return {
    async put(ref, bytes) {
      await files.put(fileKey(ref), await vault.seal({ ...ref, part: ref.fileId }, bytes));
    },
    async get(ref) {
      const sealed = await files.get(fileKey(ref));
      return sealed && vault.open({ ...ref, part: ref.fileId }, sealed);
    },
    forget: (ref) => files.forget(fileKey(ref)),
    async openText(ref, sealed) {
      return (await vault.open({ ...ref, part: `${ref.fileId}/text` }, sealed)).toString();
    },
  };
}
