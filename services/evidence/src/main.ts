import { runService } from '@recoup/service-kit';
import { evidenceSettings } from './config.js';
import { startEvidence } from './start-evidence.js';

runService({
  name: 'evidence',
  settings: evidenceSettings,
  migrations: [
    '0070-evidence',
    '0200-document-keys',
    '0307-key-ids',
    '0201-documents',
    '0210-filing-pace',
    '0220-outcomes',
    '0267-shown-pace',
    '0269-kept-until',
    '0322-put-off',
  ],
  start: startEvidence,
});
