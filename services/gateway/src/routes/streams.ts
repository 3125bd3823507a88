import type { App, Gateway } from '../gateway.js';
import { originsOfOurs } from '../http/same-origin.js';
import { LiveFeed } from '../sse/live-feed.js';
import { OpenStreams } from '../sse/open-streams.js';
import { Topics } from '../sse/topics.js';
import { liveFeedSocketRoute } from './live-feed-ws.js';
import { liveFeedRoute } from './live-feed.js';
import { progressStreamRoute } from './progress-stream.js';

/** Everything that stays open. What a user may have open is counted over all of it. */
export async function streamRoutes(app: App, gateway: Gateway): Promise<void> {
  const open = new OpenStreams(gateway);
  const feeds = new Topics<LiveFeed>();
  const feedOf = (tenantId: string): LiveFeed =>
    feeds.open(tenantId, (onIdle) => new LiveFeed(gateway, tenantId, onIdle));
  progressStreamRoute(app, gateway, open);
  liveFeedRoute(app, feedOf, open);
  const isOurs = originsOfOurs(gateway.settings);
  // In a scope of its own: other routes take no WebSockets.
  await app.register((scope) => liveFeedSocketRoute(scope, { feedOf, open, isOurs }));
}
