import type { App, Gateway } from '../gateway.js';
import { OpenStreams } from '../sse/open-streams.js';
import { progressStreamRoute } from './progress-stream.js';

/** Everything that stays open. What a user may have open is counted over all of it. */
export function streamRoutes(app: App, gateway: Gateway): void {
  const open = new OpenStreams(gateway);
  progressStreamRoute(app, gateway, open);
}
