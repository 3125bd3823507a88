export {
  BadStorageKey,
  fileKey,
  generationKey,
  StorageAway,
  type FilePlace,
  type FileStorage,
} from './file-storage.js';
export { shownName } from './inspect/file-name.js';
export { inspectFile } from './inspect/inspect-file.js';
export type { AcceptedType, Inspected } from './inspect/inspected.js';
export { openStorage, storageSettings, type StorageSettings } from './open-storage.js';
