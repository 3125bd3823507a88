export {
  catalogue,
  checkEventData,
  eventTypes,
  InvalidEvent,
  isEventType,
  type EventData,
  type EventType,
} from './catalogue.js';
export {
  claimSubjectSchema,
  documentCheckSchema,
  promptSchema,
  submissionChannelSchema,
  type DocumentCheck,
  type Prompt,
} from './claim-events.js';
export {
  allocationLineSchema,
  claimSubtypeSchema,
  claimTypeSchema,
  claimValueSchema,
  citedPolicySchema,
  contributionSchema,
  scoreSchema,
  sourceRefSchema,
  tierSchema,
  type AllocationLine,
  type CitedPolicy,
  type ClaimSubtype,
  type ClaimType,
  type ClaimValue,
  type Score,
  type SourceRef,
  type Tier,
} from './claim-words.js';
export {
  actorSchema,
  envelopeSchema,
  type EventEnvelope,
  type NewEvent,
  type RecordedEvent,
} from './envelope.js';
export {
  inventoryFactSchema,
  ledgerFactSchema,
  orderFactSchema,
  reimbursementFactSchema,
  transactionFactSchema,
  type InventoryFact,
  type LedgerFact,
  type OrderFact,
  type ReimbursementFact,
  type TransactionFact,
} from './facts.js';
export { daySchema, instantSchema, moneySchema, payableSchema } from './money.js';
export {
  CONNECT_SUBJECT,
  connectReplySchema,
  connectRequestSchema,
  type ConnectReply,
  type ConnectRequest,
} from './rpc.js';
export {
  BadSubject,
  reservations,
  shardToken,
  streams,
  subjectOf,
  subjectsOfShard,
  type StreamKind,
} from './streams.js';
export {
  coverageSchema,
  marketplaceSchema,
  resourceCountsSchema,
  syncResourceSchema,
  type Coverage,
  type Marketplace,
  type ResourceCounts,
  type SyncResource,
} from './sync-events.js';
export { currentVersion, UnknownEvent, upcast, type Upcast } from './versions.js';
