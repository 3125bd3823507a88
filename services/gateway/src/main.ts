import { runService } from '@recoup/service-kit';
import { settingsSchema } from './settings.js';
import { startGateway } from './start-gateway.js';

runService({
  name: 'gateway',
  settings: settingsSchema,
  migrations: [
    '0010-log',
    '0011-append',
    '0020-relay',
    '0021-consumer',
    '0040-projections',
    '0080-gateway',
    '0153-detections',
    '0200-document-keys',
    '0307-key-ids',
    '0201-documents',
    '0202-documents',
    '0210-filing-queue',
    '0221-unasked',
    '0230-cited-facts',
    '0231-evidence-counts',
    '0241-risks',
    '0250-audit',
    '0267-shown-pace',
    '0268-filing-pace',
    '0278-notified-activity',
    '0330-retention',
  ],
  start: async (service, settings) => {
    await startGateway(service, settings);
  },
});
