export { ingestionSettings, type IngestionSettings } from './config.js';
export { enqueueSync } from './jobs/enqueue.js';
export { openIngestion, type Ingestion, type IngestionDeps } from './open-ingestion.js';
export { calledFacts, type Called } from './sources/called-facts.js';
export {
  reportedFacts,
  reportedKinds,
  reportTypeOf,
  resourceOf,
  type ReportedKind,
} from './sources/report-facts.js';
export { startIngestion } from './start-ingestion.js';
export type { Timer } from './timer.js';
