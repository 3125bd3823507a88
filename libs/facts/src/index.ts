export { eraseFacts } from './erase.js';
export { identify, type IdentifiedFact } from './identity.js';
export { kinds, type FactData, type FactKind } from './kinds.js';
export {
  countFacts,
  latestBatch,
  readFacts,
  streamGroups,
  type Fact,
  type FactGroup,
  type FactRef,
  type StreamGroups,
} from './read.js';
export { recordFacts, type Recorded, type RecordFacts } from './record.js';
export {
  openRecording,
  type GivenFact,
  type OpenRecording,
  type RawAnswer,
  type Recording,
} from './recording.js';
