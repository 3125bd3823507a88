export { CannotOpen } from './cipher.js';
export {
  openDocumentVault,
  shredDocumentKeys,
  type DocumentPlace,
  type DocumentVault,
} from './document-vault.js';
export {
  openRecordVault,
  type RecordPlace,
  type RecordToSeal,
  type RecordVault,
  type RecordVaultOptions,
} from './record-vault.js';
export { keyRing, type KeyRing } from './key-ring.js';
export {
  documentKeys,
  documentKeySettings,
  encryptionKeys,
  encryptionKeySettings,
} from './key-settings.js';
export {
  rewrapDocumentKeys,
  rewrapTenantKeys,
  type Rewrapped,
  type RewrapOptions,
} from './rewrap.js';
export { type VaultOptions } from './tenant-keys.js';
export { openVault, type Vault } from './vault.js';
