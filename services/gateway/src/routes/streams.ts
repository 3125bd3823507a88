import type { App, Gateway } from '../gateway.js';
import { LiveFeed } from '../sse/live-feed.js';
import { OpenStreams } from '../sse/open-streams.js';
import { Topics } from '../sse/topics.js';
import { liveFeedRoute } from './live-feed.js';
import { progressStreamRoute } from './progress-stream.js';

/** Everything that stays open. What a user may have open is counted over all of it. */
export function streamRoutes(app: App, gateway: Gateway): void {
  const open = new OpenStreams(gateway);
  const feeds = new Topics<LiveFeed>();
  const feedOf = (tenantId: string): LiveFeed =>
    feeds.open(tenantId, (onIdle) => new LiveFeed(gateway, tenantId, onIdle));
  progressStreamRoute(app, gateway, open);
  liveFeedRoute(app, feedOf, open);
}
