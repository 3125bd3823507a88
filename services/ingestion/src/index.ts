export { ingestionSettings, type IngestionSettings } from './config.js';
export { startIngestion } from './start-ingestion.js';
