export { evidenceSettings, type EvidenceSettings } from './config.js';
export { startEvidence } from './start-evidence.js';
