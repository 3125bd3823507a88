import { hasEnded } from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import { syncHistory } from '../reads/sync-history.js';
import type { EventId } from './event-id.js';
import type { LiveStream } from './live-stream.js';
import { sawTheEnd } from './sync-frames.js';
import { SyncProgress } from './sync-progress.js';
import { Topics } from './topics.js';

/** A sync that can be watched, by a client that has seen what it said. */
export interface Watchable {
  /** The client has seen the end. */
  readonly over: boolean;
  watch(stream: LiveStream): Promise<void>;
}

/** The syncs that the process follows for its clients. */
export class ProgressTopics {
  readonly #gateway: Gateway;
  readonly #topics = new Topics<SyncProgress>();

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** Null when the tenant has no such sync. One that is followed already costs no read, unless `seen` is ahead of it. */
  async find(
    { tenantId, syncId }: { tenantId: string; syncId: string },
    seen: EventId | null,
  ): Promise<Watchable | null> {
    const name = `${syncId} ${tenantId}`;
    const known = this.#topics.get(name);
    await known?.reach(seen);
    if (known && this.#topics.get(name) === known) {
      return {
        over: known.sawTheEnd(seen),
        watch: async (stream) => {
          // Everybody else may have left since: then nobody follows it any more, and the client comes again.
          if (this.#topics.get(name) === known) await known.join(stream, { seen });
          else stream.close('unavailable');
        },
      };
    }
    const history = await syncHistory(this.#gateway, tenantId, syncId);
    if (!history) return null;
    const begin = (onIdle?: () => void): SyncProgress =>
      new SyncProgress(this.#gateway, { tenantId, history }, onIdle);
    return {
      over: sawTheEnd(history, seen),
      watch: (stream) => {
        // Nothing follows an end: there is nothing to share.
        const topic = hasEnded(history.sync) ? begin() : this.#topics.open(name, begin);
        return topic.join(stream, { seen, events: history.events });
      },
    };
  }
}
