export {
  countCatalogue,
  readCatalogue,
  type CatalogueCount,
  type CatalogueItem,
  type CatalogueOf,
} from './catalogue.js';
export { eraseFacts } from './erase.js';
export { identify, type IdentifiedFact } from './identity.js';
export { kinds, type FactData, type FactKind, type GivenFact, type RawAnswer } from './kinds.js';
export {
  countFacts,
  latestBatch,
  readFacts,
  streamGroupPages,
  streamGroups,
  type Fact,
  type FactGroup,
  type FactRef,
  type StreamGroups,
} from './read.js';
export {
  readByMember,
  readGroups,
  readGroupsOf,
  type GroupsQuery,
  type JoinedKind,
  type MemberQuery,
  type PrefixQuery,
} from './read-joined.js';
export { recordFacts, type Recorded, type RecordFacts } from './record.js';
export {
  readFnskus,
  readLedgerRows,
  type FnskuOfAsin,
  type LedgerRowsQuery,
} from './ledger-rows.js';
export { openRecording, type OpenRecording, type Recording } from './recording.js';
export { readStock, type StockOf } from './stock.js';
export { discardStagedBefore, StagedFactsLost } from './staging.js';
