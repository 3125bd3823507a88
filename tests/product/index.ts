export { claimableFees, filedCases, truthOf, type FiledCase, type Truth } from './amazon-doors.js';
export { Browser, bodyOf, UnexpectedAnswer } from './browser.js';
export { connectSeller } from './connect-seller.js';
export { claimsPrint, factsPrint, type ClaimPrint, type FactsPrint } from './fingerprint.js';
export { placesOf } from './everything-kept.js';
export { forgetReadModels } from './forget-read-models.js';
export {
  BadFrames,
  followSync,
  type Followed,
  type FollowOptions,
  type Frame,
} from './follow-sync.js';
export { hearTokens, type TokenListener } from './hear-tokens.js';
export { listenTo } from './listen-to.js';
export { logFaults } from './log-faults.js';
export { pdfOf } from './pdf-of.js';
export type { ProcessName, Product } from './product.js';
export { allRecoveries, type Recovery } from './recoveries.js';
export { searchFor, type Word } from './search-for.js';
export { secretsOf, SECRETS_FILE, secretWords } from './secrets-of.js';
export { signIn } from './sign-in.js';
export { ProductDidNotStart, startProduct, type StartOptions } from './start-product.js';
export { syncUntilSettled } from './sync-until-settled.js';
export { startSync, syncStatus, waitForClaims, type SyncBody } from './syncs.js';
export { waitUntilSettled } from './wait-until-settled.js';
