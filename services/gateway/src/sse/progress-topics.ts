import { hasEnded } from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import { syncHistory } from '../reads/sync-history.js';
import type { EventId } from './event-id.js';
import type { LiveStream } from './live-stream.js';
import { sawTheEnd } from './sync-frames.js';
import { SyncProgress } from './sync-progress.js';
import { Topics } from './topics.js';

/** A sync that can be watched. */
export interface Watchable {
  /** True when a client that has seen this id has seen the end. */
  sawTheEnd(seen: EventId | null): boolean;
  watch(stream: LiveStream, seen: EventId | null): Promise<void>;
}

/** The syncs that the process follows for its clients. */
export class ProgressTopics {
  readonly #gateway: Gateway;
  readonly #topics = new Topics<SyncProgress>();

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** Null when the tenant has no such sync. One that is followed already costs no read. */
  async find(tenantId: string, syncId: string): Promise<Watchable | null> {
    const name = `${syncId} ${tenantId}`;
    const known = this.#topics.get(name);
    if (known) {
      return {
        sawTheEnd: (seen) => known.sawTheEnd(seen),
        watch: (stream, seen) => known.join(stream, { seen }),
      };
    }
    const history = await syncHistory(this.#gateway, tenantId, syncId);
    if (!history) return null;
    const begin = (onIdle?: () => void): SyncProgress =>
      new SyncProgress(this.#gateway, { tenantId, history }, onIdle);
    return {
      sawTheEnd: (seen) => sawTheEnd(history, seen),
      watch: (stream, seen) => {
        // Nothing follows an end: there is nothing to share.
        const topic = hasEnded(history.sync) ? begin() : this.#topics.open(name, begin);
        return topic.join(stream, { seen, events: history.events });
      },
    };
  }
}
