export { eventOf, fromCommand, fromEvent, type Cause } from './cause.js';
export { actionsOf, filesWanted, type ClaimAction, type Offer } from './claim-actions.js';
export {
  answerOf,
  answerPrompt,
  confirmation,
  openPrompt,
  promptOf,
  saidToHaveNone,
  type GivenAnswer,
  type Question,
} from './claim-answer.js';
export {
  authorizeSubmission,
  refuseAuthorization,
  submissionHindrance,
  type FileableClaim,
  type SubmissionHindrance,
} from './claim-authorize.js';
export {
  assertLoss,
  isAsserted,
  refuseAssertion,
  takesAssertion,
  type Assertion,
} from './claim-assertion.js';
export { NO_CONSENT, waitsForConsent } from './claim-consent.js';
export { waitingFor, type WaitingFor, type Waits } from './claim-waiting.js';
export { filingHold, type FilingHold, type FilingPace } from './filing-hold.js';
export { openingInstant, waitsForOpening } from './opening-day.js';
export {
  documentsOfSellers,
  isSellersDocument,
  isSellersToGive,
  isShownByFile,
  type SellersDocument,
} from './sellers-documents.js';
export { DEADLINE_NOTICES, nearDeadline, noticesOn } from './claim-deadline.js';
export { approveFiling, isApproved, waitsForApproval } from './claim-approve.js';
export { dismissClaim } from './claim-dismiss.js';
export { recordFiled, waitsForPersonToFile } from './claim-filed.js';
export {
  confirmSubmission,
  handOver,
  markUnconfirmed,
  requestSubmission,
  type SubmissionRequest,
} from './claim-filing.js';
export { expire, notSeen, observe, type ClaimFinding, type Observation } from './claim-observe.js';
export {
  isUnfiled,
  recordPayment,
  recordReversal,
  recordUnasked,
  unitsOwed,
  type CasePayment,
  type Payment,
  type Reversal,
} from './claim-payment.js';
export { queueApproved } from './claim-queue.js';
export { refuseSubmission, wasRefused, type RefusedSubmission } from './claim-refusal.js';
export {
  autoHindrance,
  AUTO_PROBABILITY,
  route,
  validate,
  type Validation,
} from './claim-route.js';
export { assessmentOf, claimState, evolveClaim } from './claim-fold.js';
export { recordOutcome } from './claim-outcome.js';
export type {
  AmazonDecision,
  Approval,
  Assessment,
  Authorization,
  ClaimRoute,
  ClaimState,
} from './claim-state.js';
export { giveUpWaiting } from './claim-silence.js';
export { whatHappened } from './claim-phrases.js';
export {
  awaitsFiling,
  claimHasEnded,
  claimIsOpen,
  filingHasBegun,
  isDecided,
  type ClaimStatus,
} from './claim-status.js';
export { outsideWindow, type WindowRefusal } from './claim-window.js';
export { connectAmazon, disconnectAmazon, requireReauthorization } from './connection-decisions.js';
export {
  connectionState,
  erasedUpTo,
  evolveConnection,
  type ConnectionState,
} from './connection-state.js';
export {
  currencyAtMarketplace,
  dayAtMarketplace,
  dayBegins,
  dayInNetwork,
  marketplaceOfChannel,
  marketplaceOfCountry,
  marketplaceOfId,
  marketplaces,
  marketplacesOf,
  type MarketplaceRow,
  type Network,
} from './marketplaces.js';
export {
  abandonDetection,
  detectionHasEnded,
  detectionState,
  requestDetection,
  type DetectionState,
} from './detection.js';
export {
  confirmDocument,
  recordReading,
  refuseDocument,
  removeDocument,
  uploadDocument,
  type Confirmation,
  type GivenFile,
} from './document-decisions.js';
export { kindNames } from './document-heading.js';
export {
  documentFields,
  documentIsKept,
  isNewEvidence,
  documentKind,
  documentState,
  evolveDocument,
  type DocumentState,
} from './document-state.js';
export { givenCosts, type StandingCost } from './given-costs.js';
export { installationDefaults, type InstallationDefaults } from './installation-defaults.js';
export {
  killSwitchState,
  turnKillSwitch,
  type KillSwitchScope,
  type KillSwitchState,
} from './kill-switch.js';
export { isRejection, reject, type Rejection } from './rejection.js';
export {
  clearRisk,
  evolveRisk,
  noteRisk,
  riskState,
  type RiskFinding,
  type RiskObservation,
  type RiskState,
} from './risk.js';
export { LEAST_HOURS_APART, refusedSchedule } from './own-schedule.js';
export {
  DAILY,
  isSyncSchedule,
  nextScheduledSync,
  NOT_A_SCHEDULE,
  OFF,
  scheduleName,
  type SyncSchedule,
} from './schedule.js';
export {
  chosenSettings,
  DEFAULT_SETTINGS,
  sellerSettings,
  type SettingsBasis,
} from './seller-settings.js';
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
export { lacksNewDocument, resubmitClaim, type Resubmission } from './claim-resubmit.js';
export {
  packetPage,
  type PacketPage,
  type PacketSection,
  type PacketSource,
  type WrittenTable,
} from './packet/packet-page.js';
export { isPacketFact, type PacketFact } from './packet/packet-table.js';
export { packetText } from './packet/packet-text.js';
