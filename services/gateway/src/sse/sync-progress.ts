import { streams, type RecordedEvent } from '@recoup/contracts';
import { evolveSync, hasEnded } from '@recoup/domain';
import type { Gateway } from '../gateway.js';
import type { SyncRow } from '../projections/sync.js';
import type { SyncHistory } from '../reads/sync-history.js';
import { statusBody } from '../routes/sync-body.js';
import { Audience } from './audience.js';
import { Channel } from './channel.js';
import type { EventId } from './event-id.js';
import { Frame } from './frame.js';
import type { Listening } from './live-tail.js';
import type { LiveStream } from './live-stream.js';
import { isPlaceOf, laterFrames } from './sync-frames.js';

type Dependencies = Pick<Gateway, 'streams' | 'tail'>;

/**
 * The progress of one sync, followed once for all who watch it: each event is folded once and its frame is made once. A
 * client gets the present state at once, then one frame per change; one that resumes gets just the frames after the one
 * it has seen. An id that is no place in this sync's history cannot be resumed from.
 */
export class SyncProgress {
  readonly #deps: Dependencies;
  readonly #tenantId: string;
  readonly #audience: Audience;
  readonly #channel: Channel;
  /** What was heard before the log was read up to there; null once it is. */
  #early: RecordedEvent[] | null = [];
  #listening: Listening | null = null;
  #sync: SyncRow;
  #place: EventId;
  #snapshot: Frame | null = null;

  /** `events` holds at least one: a sync begins with its first. */
  constructor(
    deps: Dependencies,
    { tenantId, history }: { tenantId: string; history: SyncHistory },
    onIdle: () => void = () => undefined,
  ) {
    this.#deps = deps;
    this.#tenantId = tenantId;
    this.#sync = history.sync;
    this.#place = history.place;
    this.#channel = new Channel(history.place.position);
    this.#audience = new Audience(() => {
      this.#listening?.stop();
      onIdle();
    });
    void this.#follow();
  }

  /** `seen` is the `Last-Event-ID` of a client that comes back; `events`, where they are at hand, spare a read. */
  async join(
    stream: LiveStream,
    { seen, events }: { seen: EventId | null; events?: readonly RecordedEvent[] },
  ): Promise<void> {
    this.#audience.add(stream);
    await this.#tell(stream, seen, events);
    // It was told of the end elsewhere while it was joining here: it comes back, for the 204.
    if (hasEnded(this.#sync)) stream.close('complete');
  }

  /** True when a client that has seen this id has seen the end. */
  sawTheEnd(seen: EventId | null): boolean {
    return hasEnded(this.#sync) && isPlaceOf(this.#place, seen);
  }

  /** Makes sure that what a client has seen is known here: another process may have told it more than this one heard. */
  async reach(seen: EventId | null): Promise<void> {
    if (seen?.shard === this.#place.shard && seen.position > this.#place.position) {
      await this.#catchUp();
    }
  }

  async #tell(
    stream: LiveStream,
    seen: EventId | null,
    events: readonly RecordedEvent[] | undefined,
  ): Promise<void> {
    const here = seen?.shard === this.#place.shard ? seen.position : null;
    await this.reach(seen);
    if (here !== null && this.#channel.knows(here)) this.#channel.join(stream, here);
    else if (here === null || this.#channel.covers(here)) this.#show(stream);
    else this.#resume(stream, here, events ?? (await this.#read(0)));
  }

  /** The whole state in one frame, for a client that has none. */
  #show(stream: LiveStream): void {
    this.#snapshot ??= new Frame(
      this.#place,
      { ...statusBody(this.#sync), reset: true },
      { last: hasEnded(this.#sync) },
    );
    stream.send(this.#snapshot);
    this.#channel.join(stream, this.#place.position);
  }

  /** From a place of which the channel no longer has the frames. */
  #resume(stream: LiveStream, seen: number, events: readonly RecordedEvent[]): void {
    const last = events.at(-1)?.position ?? 0;
    const known = events.some(({ position }) => position === seen);
    if (!known || !this.#channel.covers(last)) {
      this.#show(stream);
      return;
    }
    for (const frame of laterFrames(events, seen)) stream.send(frame);
    this.#channel.join(stream, last);
  }

  async #follow(): Promise<void> {
    if (hasEnded(this.#sync)) return;
    this.#listening = this.#deps.tail.listen(this.#tenantId, (event) => this.#hear(event));
    try {
      await this.#listening.ready;
      await this.#catchUp();
    } catch {
      this.#channel.close('unavailable');
      return;
    }
    const early = this.#early ?? [];
    this.#early = null;
    for (const event of early) this.#pass(event);
  }

  #hear(event: RecordedEvent): void {
    if (this.#early) this.#early.push(event);
    else this.#pass(event);
  }

  /** What the log has beyond what was passed; an event that is heard as well is passed over by its version. */
  async #catchUp(): Promise<void> {
    const events = await this.#read(this.#sync.version);
    const last = events.at(-1);
    if (last) await this.#deps.tail.shown(this.#tenantId, last.position);
    for (const event of events) this.#pass(event);
  }

  #read(after: number): Promise<readonly RecordedEvent[]> {
    return this.#deps.streams.readStream(this.#tenantId, streams.sync(this.#sync.syncId), after);
  }

  #pass(event: RecordedEvent): void {
    const { syncId, version } = this.#sync;
    if (event.streamId !== streams.sync(syncId) || event.streamVersion <= version) return;
    const state = evolveSync(this.#sync, event);
    if (!state) return;
    this.#sync = { ...state, claimsDetected: null };
    this.#place = event;
    this.#snapshot = null;
    this.#channel.tell(new Frame(event, statusBody(this.#sync), { last: hasEnded(state) }));
  }
}
