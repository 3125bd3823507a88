export type { FileStorage } from './file-storage.js';
