export { eventOf, fromCommand, fromEvent, type Cause } from './cause.js';
export {
  confirmSubmission,
  markUnconfirmed,
  requestSubmission,
  type SubmissionRequest,
} from './claim-filing.js';
export { expire, notSeen, observe, type ClaimFinding, type Observation } from './claim-observe.js';
export { queueApproved } from './claim-queue.js';
export { refuseSubmission, wasRefused, type RefusedSubmission } from './claim-refusal.js';
export {
  autoHindrance,
  AUTO_PROBABILITY,
  route,
  validate,
  type Validation,
} from './claim-route.js';
export {
  assessmentOf,
  claimHasEnded,
  claimState,
  evolveClaim,
  filingHasBegun,
  type Assessment,
  type ClaimRoute,
  type ClaimState,
  type ClaimStatus,
} from './claim-state.js';
export { connectAmazon, requireReauthorization } from './connection-decisions.js';
export { connectionState, evolveConnection, type ConnectionState } from './connection-state.js';
export {
  dayAtMarketplace,
  dayInNetwork,
  marketplaceOfCountry,
  marketplaces,
  marketplacesOf,
  type MarketplaceRow,
  type Network,
} from './marketplaces.js';
export { isRejection, reject, type Rejection } from './rejection.js';
export { DAILY, isSyncSchedule, nextScheduledSync, NOT_A_SCHEDULE, OFF } from './schedule.js';
export {
  adoptSync,
  advanceSync,
  cancelSync,
  endSync,
  requestSync,
  type Decision,
  type RequestSync,
} from './sync-decisions.js';
export { evolveSync, hasEnded, syncState, type SyncState, type SyncStatus } from './sync-state.js';
