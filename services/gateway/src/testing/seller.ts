import { streams, type EventData, type EventType, type RecordedEvent } from '@recoup/contracts';
import {
  advanceSync,
  connectAmazon,
  connectionState,
  endSync,
  eventOf,
  fromCommand,
  isRejection,
  requestSync,
  requireReauthorization,
  syncState,
  type Cause,
  type Decision,
  type Rejection,
  type SyncState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { newName } from '@recoup/kernel';
import { claimData, connectionData, countsOf } from './event-data.js';

/** The events that speak of one claim. */
type ClaimEventType = {
  [T in EventType]: EventData<T> extends { claimId: string } ? T : never;
}[EventType];

/** What the other services append for a tenant, in the order in which a test wants it. */
export class Seller {
  readonly #store: EventStore;
  readonly #tenantId: string;

  constructor(store: EventStore, tenantId: string) {
    this.#store = store;
    this.#tenantId = tenantId;
  }

  async connect(change: Partial<EventData<'sync.amazon_connected'>> = {}): Promise<void> {
    const state = connectionState(await this.#read(streams.connection(this.#tenantId)));
    const data = { ...connectionData, ...change };
    await this.#do(connectAmazon(this.#tenantId, state, { data, cause: ingestion() }));
  }

  async loseConsent(): Promise<void> {
    const state = connectionState(await this.#read(streams.connection(this.#tenantId)));
    const reason = 'The consent was revoked.';
    await this.#do(requireReauthorization(this.#tenantId, state, { reason, cause: ingestion() }));
  }

  /** A sync that another than the seller began. */
  async request(trigger: 'connected' | 'scheduled' = 'connected'): Promise<string> {
    const syncId = newName('sync');
    await this.#do(requestSync({ tenantId: this.#tenantId, syncId, trigger }, ingestion()));
    return syncId;
  }

  /** Stores that many of 2,500 orders; answers the position of the event. */
  async progress(syncId: string, orders: number): Promise<number> {
    const day = '2026-11-01T00:00:00.000Z';
    const data: EventData<'sync.progressed'> = {
      syncId,
      resource: 'orders',
      window: { from: day, to: day },
      progress: Math.floor((orders / 2500) * 100),
      message: `Processing orders... ${orders.toLocaleString('en-US')} of 2,500 orders processed`,
      counts: countsOf(orders),
      estimatedCompletion: day,
    };
    const step = { type: 'sync.progressed', data, once: [String(orders)] } as const;
    return this.#end(syncId, (state) =>
      advanceSync(this.#tenantId, state, { ...step, cause: ingestion() }),
    );
  }

  async complete(syncId: string): Promise<number> {
    const data = { syncId, factsAsOf: 1, counts: countsOf(2500), coverage: {} };
    return this.#end(syncId, (state) =>
      endSync(this.#tenantId, state, { type: 'sync.completed', data, cause: ingestion() }),
    );
  }

  async fail(syncId: string, message: string): Promise<number> {
    const data = { syncId, code: 'amazon_refused', message, coverage: {} };
    return this.#end(syncId, (state) =>
      endSync(this.#tenantId, state, { type: 'sync.failed', data, cause: ingestion() }),
    );
  }

  /** Detection has ended and holds that many claims to be new. */
  async detected(syncId: string, claims: number): Promise<void> {
    const detectionId = newName('detection');
    const data: EventData<'claim.detection_completed'> = {
      detectionId,
      syncId,
      claims: { open: claims, new: claims, changed: 0, withdrawn: 0, expired: 0 },
      pastWindow: { losses: 0, units: 0 },
      potential: [],
      amountUnknown: 0,
      coverage: {},
    };
    await this.#do({
      tenantId: this.#tenantId,
      streamId: streams.detection(detectionId),
      expected: 0,
      events: [eventOf('claim.detection_completed', data, { cause: ingestion() })],
    });
  }

  /** Detects claims, the first the oldest; answers their ids. */
  async claims(changes: readonly Partial<EventData<'claim.detected'>>[]): Promise<string[]> {
    const start = Date.parse('2026-11-01T00:00:00.000Z');
    const data = changes.map((change) => claimData({ claimId: newName('claim'), ...change }));
    await Promise.all(
      data.map((claim, index) => {
        // Two by two at one instant: what lists order by has ties.
        const cause = ingestion(new Date(start + Math.floor(index / 2) * 1000));
        return this.#do({
          tenantId: this.#tenantId,
          streamId: streams.claim(claim.claimId),
          expected: 0,
          events: [eventOf('claim.detected', claim, { cause })],
        });
      }),
    );
    return data.map(({ claimId }) => claimId);
  }

  /** One more event on a claim; answers its position. */
  async onClaim<T extends ClaimEventType>(type: T, data: EventData<T>): Promise<number> {
    const streamId = streams.claim(data.claimId);
    const { length: expected } = await this.#read(streamId);
    const events = [eventOf(type, data, { cause: ingestion() })];
    return this.#do({ tenantId: this.#tenantId, streamId, expected, events });
  }

  events(syncId: string): Promise<readonly RecordedEvent[]> {
    return this.#read(streams.sync(syncId));
  }

  claimEvents(claimId: string): Promise<readonly RecordedEvent[]> {
    return this.#read(streams.claim(claimId));
  }

  async #end(syncId: string, decide: (state: SyncState) => Decision | Rejection): Promise<number> {
    const state = syncState(await this.events(syncId));
    if (!state) throw new Error(`no sync ${syncId}`);
    return this.#do(decide(state));
  }

  #read(streamId: string): Promise<readonly RecordedEvent[]> {
    return this.#store.readStream(this.#tenantId, streamId);
  }

  async #do(decision: Decision | Rejection): Promise<number> {
    if (isRejection(decision)) throw new Error(decision.message);
    const outcome = await this.#store.append(decision);
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.position;
  }
}

function ingestion(at = new Date()): Cause {
  return fromCommand('service:ingestion', at);
}
