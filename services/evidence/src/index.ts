export { evidenceSettings, type EvidenceSettings } from './config.js';
export { reckon, type Reckoning } from './domain/reckoning/reckon.js';
export type { Look } from './domain/reckoning/look.js';
export { startEvidence } from './start-evidence.js';
