import { runService } from '@recoup/service-kit';
import { detectionSettings } from './config.js';
import { startDetection } from './start.js';

runService({
  name: 'detection',
  settings: detectionSettings,
  migrations: ['0060-detection', '0152-assertion', '0185-decided-claim', '0330-retention'],
  start: startDetection,
});
