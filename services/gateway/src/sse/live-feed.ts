import { SYSTEM_TENANT, type RecordedEvent } from '@recoup/contracts';
import { shardOf } from '@recoup/kernel';
import type { Gateway } from '../gateway.js';
import type { SyncRow } from '../projections/sync.js';
import { readErasedUpTo } from '../reads/erased-up-to.js';
import { syncOverview } from '../reads/sync-overview.js';
import { Audience } from './audience.js';
import { Channel } from './channel.js';
import type { EventId } from './event-id.js';
import { Frame } from './frame.js';
import type { Listening } from './live-tail.js';
import type { LiveStream } from './live-stream.js';
import { transitionOf } from './transition.js';

/**
 * How far back a client may resume: so many positions of its shard are walked, whosever events they are, and so many of
 * its own are read. Past either it gets a snapshot, and asks for what it shows. Heartbeats keep ids of open streams recent.
 */
const BACK = { positions: 10_000, events: 1000 } as const;

/**
 * The live feed of one tenant, followed once for all who watch it: each event is put into words and encoded once. A client
 * that resumes gets just the later transitions; any other gets the newest sync as it stands, and then what changes.
 */
export class LiveFeed {
  readonly #gateway: Gateway;
  readonly #tenantId: string;
  readonly #shard: number;
  readonly #audience: Audience;
  readonly #listening: Listening;
  readonly #ready: Promise<Channel>;
  #channel: Channel | null = null;

  constructor(gateway: Gateway, tenantId: string, onIdle: () => void) {
    this.#gateway = gateway;
    this.#tenantId = tenantId;
    this.#shard = shardOf(tenantId);
    const listening = gateway.tail.listen(tenantId, (event) => this.#hear(event));
    this.#listening = listening;
    const ofAll = gateway.tail.listen(SYSTEM_TENANT, (event) => this.#hearOfAll(event));
    // The place of this very moment: what was heard until now lies before it.
    this.#ready = listening.ready.then(() => (this.#channel = new Channel(listening.position())));
    this.#audience = new Audience(() => {
      listening.stop();
      ofAll.stop();
      onIdle();
    });
  }

  /** `seen` is the `Last-Event-ID` of a client that comes back. Throws what the database throws. */
  async join(stream: LiveStream, seen: EventId | null): Promise<void> {
    this.#audience.add(stream);
    const channel = await this.#ready;
    if (stream.signal.aborted) return;
    if (await this.#resume(channel, stream, seen)) return;
    await this.#show(channel, stream);
  }

  /** The place up to which a stream was told everything; null before it was told anything. */
  reached(stream: LiveStream): EventId | null {
    const place = this.#channel?.placeOf(stream);
    if (place === undefined) return null;
    return { shard: this.#shard, position: Math.max(place, this.#listening.position()) };
  }

  #hear(event: RecordedEvent): void {
    const frame = this.#channel && frameOf(event);
    if (frame) this.#channel?.tell(frame);
  }

  /** What counts for all sellers stands in another shard: told live, and to who comes back by what it asks for. */
  #hearOfAll(event: RecordedEvent): void {
    const told = transitionOf(event);
    if (!told) return;
    this.#channel?.say((position) => new Frame({ shard: this.#shard, position }, told));
  }

  /** False when the client cannot go on from what it has seen. */
  async #resume(channel: Channel, stream: LiveStream, seen: EventId | null): Promise<boolean> {
    if (seen?.shard !== this.#shard) return false;
    const after = seen.position;
    // What the seller had erased is not told again.
    if (after < (await readErasedUpTo(this.#gateway.streams, this.#tenantId))) return false;
    const here = this.#listening.position();
    if (after <= here && !channel.covers(after))
      return this.#read(channel, stream, { after, here });
    // Another process may have told it more than this one has heard yet.
    if (after > here && after > (await this.#gateway.tail.head(this.#tenantId))) return false;
    channel.join(stream, after);
    return true;
  }

  /** Tells what lies between a place and what the channel has, from the log. */
  async #read(
    channel: Channel,
    stream: LiveStream,
    { after, here }: { after: number; here: number },
  ): Promise<boolean> {
    if (here - after > BACK.positions) return false;
    const events = await this.#gateway.streams.readTenant(this.#tenantId, {
      after,
      upTo: here,
      limit: BACK.events + 1,
    });
    if (events.length > BACK.events || !channel.covers(here)) return false;
    for (const frame of events.map(frameOf)) if (frame) stream.send(frame);
    channel.join(stream, here);
    return true;
  }

  /** The newest sync as it stands. It may know of a transition that then comes as well, and never misses one. */
  async #show(channel: Channel, stream: LiveStream): Promise<void> {
    const here = this.#listening.position();
    const { active, last } = await syncOverview(this.#gateway, this.#tenantId);
    if (!channel.covers(here)) return this.#show(channel, stream);
    stream.send(new Frame({ shard: this.#shard, position: here }, snapshotOf(active ?? last)));
    channel.join(stream, here);
  }
}

function frameOf(event: RecordedEvent): Frame | null {
  const transition = transitionOf(event);
  return transition && new Frame(event, transition);
}

function snapshotOf(sync: SyncRow | null): object {
  const { syncId, status, progress, message } = sync ?? { status: 'idle' };
  return { type: 'sync', status, reset: true, data: { syncId, progress, message } };
}
