import { streams, type RecordedEvent } from '@recoup/contracts';
import { evolveSync, hasEnded, type SyncState } from '@recoup/domain';
import { shardOf } from '@recoup/kernel';
import type { Gateway } from '../gateway.js';
import type { SyncHistory } from '../reads/sync-history.js';
import { statusBody } from '../routes/sync-body.js';
import type { EventId } from './event-id.js';
import type { EventStream } from './event-stream.js';

export interface ProgressRequest {
  readonly tenantId: string;
  readonly history: SyncHistory;
  /** `Last-Event-ID` of a client that reconnects. */
  readonly seen: EventId | null;
}

/** True when a client that has seen this id has seen the end. */
export function sawTheEnd({ events, sync }: SyncHistory, seen: EventId | null): boolean {
  return hasEnded(sync) && isPlaceOf(events.at(-1), seen);
}

/**
 * Sends the state of a sync at once, then one frame per change, and closes after the terminal one. A client that resumes
 * gets just the frames after the one it has seen; an id that is no place in this sync's history cannot be resumed from.
 */
export async function streamProgress(
  { streams: log, tail }: Pick<Gateway, 'streams' | 'tail'>,
  stream: EventStream,
  { tenantId, history, seen }: ProgressRequest,
): Promise<void> {
  const frames = new Frames(stream);
  if (history.events.some((event) => isPlaceOf(event, seen))) {
    for (const event of history.events) frames.pass(event, event.position > (seen?.position ?? 0));
  } else {
    frames.snapshot(history);
  }
  if (stream.signal.aborted) return;

  const streamId = streams.sync(history.sync.syncId);
  const heard: RecordedEvent[] = [];
  let hear = (event: RecordedEvent): void => void heard.push(event);
  const listening = tail.listen(shardOf(tenantId), (event) => {
    if (event.streamId === streamId) hear(event);
  });
  stream.signal.addEventListener('abort', () => listening.stop(), { once: true });
  await listening.ready;
  // What came between the history and the listening; an event that is in both is passed over by its version.
  const missed = await log.readStream(tenantId, streamId, frames.version);
  for (const event of [...missed, ...heard]) frames.pass(event, true);
  hear = (event) => frames.pass(event, true);
}

/** The fold of one sync on its way into one stream. */
class Frames {
  readonly #stream: EventStream;
  #state: SyncState | null = null;

  constructor(stream: EventStream) {
    this.#stream = stream;
  }

  get version(): number {
    return this.#state?.version ?? 0;
  }

  /** The whole state in one frame, for a client that has none. */
  snapshot({ events, sync }: SyncHistory): void {
    const last = events.at(-1);
    if (!last) return;
    this.#state = sync;
    this.#stream.send(last, { ...statusBody(sync), reset: true });
    if (hasEnded(sync)) this.#stream.close();
  }

  /** One event, told to the client or only folded. */
  pass(event: RecordedEvent, tell: boolean): void {
    if (event.streamVersion <= this.version) return;
    this.#state = evolveSync(this.#state, event);
    if (!this.#state || !tell) return;
    this.#stream.send(event, statusBody({ ...this.#state, claimsDetected: null }));
    if (hasEnded(this.#state)) this.#stream.close();
  }
}

function isPlaceOf(event: RecordedEvent | undefined, seen: EventId | null): boolean {
  return seen !== null && event?.shard === seen.shard && event.position === seen.position;
}
