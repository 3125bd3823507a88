import { runService } from '@recoup/service-kit';
import { evidenceSettings } from './config.js';
import { startEvidence } from './start-evidence.js';

runService({
  name: 'evidence',
  settings: evidenceSettings,
  migrations: ['0070-evidence', '0220-outcomes'],
  start: startEvidence,
});
