import { runService } from '@recoup/service-kit';
import { ingestionSettings } from './config.js';
import { startIngestion } from './start-ingestion.js';

runService({
  name: 'ingestion',
  settings: ingestionSettings,
  migrations: [
    '0050-ingestion',
    '0140-record-keys',
    '0141-buyer-info',
    '0142-calls-under-way',
    '0277-own-schedule',
    '0307-key-ids',
    '0330-retention',
    '0331-kept-for-a-time',
  ],
  start(service, settings) {
    startIngestion(service, settings);
    return Promise.resolve();
  },
});
