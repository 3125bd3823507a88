export { CannotOpen } from './cipher.js';
export { openVault, type Vault, type VaultOptions } from './vault.js';
