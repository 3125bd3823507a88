import type { ConsumerRecord } from '@recoup/bus';
import type { EventType, RecordedEvent } from '@recoup/contracts';
import { inTransaction, type EventStore } from '@recoup/event-store';
import type { Pool, PoolClient } from 'pg';
import { nextDue, park, parkedStreams, postpone, unpark, type ConsumerShard } from './parking.js';

import { isTransient } from './transient.js';

/** Does the effect of one event through `tx`, which commits together with the checkpoint. */
export type Handle = (event: RecordedEvent, tx: PoolClient) => Promise<void>;

export interface RecordOptions {
  readonly place: ConsumerShard;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly types: ReadonlySet<EventType>;
  readonly handle: Handle;
  readonly onParked: (event: RecordedEvent, error: unknown) => void;
  /** A parked event was tried again: it went through (`error` is null), or not. */
  readonly onRedriven?: (event: RecordedEvent, error: unknown) => void;
}

/** A consumer's place and effects in Postgres: see `ConsumerRecord` for the promise. */
export class PostgresConsumerRecord implements ConsumerRecord {
  readonly #options: RecordOptions;
  /** Streams with parked events; what follows on them is parked behind. Read with the checkpoint. */
  #parked = new Set<string>();
  /** Applying and re-driving take turns: both decide by what is parked, and change it. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: RecordOptions) {
    this.#options = options;
  }

  async checkpoint(): Promise<number> {
    const { pool, place } = this.#options;
    const { rows } = await pool.query<{ position: string }>(
      `insert into consumer.checkpoint as c (consumer, shard, position) values ($1, $2, 0)
       on conflict (consumer, shard) do update set position = c.position returning position`,
      [place.consumer, place.shard],
    );
    this.#parked = await parkedStreams(pool, place);
    return Number(rows[0]?.position ?? 0);
  }

  read(after: number, limit: number): Promise<readonly RecordedEvent[]> {
    return this.#options.store.readShard(this.#options.place.shard, after, limit);
  }

  apply(after: number, events: readonly RecordedEvent[]): Promise<boolean> {
    return this.#inTurn(() => this.#apply(after, events));
  }

  /** Tries a parked event whose turn has come, each stream in order; answers whether there was one. */
  redrive(): Promise<boolean> {
    return this.#parked.size === 0 ? Promise.resolve(false) : this.#inTurn(() => this.#redrive());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** All at once; when that fails, one by one, so that only the event that fails is parked. */
  async #apply(after: number, events: readonly RecordedEvent[]): Promise<boolean> {
    try {
      return await this.#applyTogether(after, events);
    } catch (error) {
      if (isTransient(error)) throw error;
    }
    let position = after;
    for (const event of events) {
      if (!(await this.#applyAlone(position, event))) return false;
      position = event.position;
    }
    return true;
  }

  #applyTogether(after: number, events: readonly RecordedEvent[]): Promise<boolean> {
    return inTransaction(this.#options.pool, async (tx) => {
      if (!(await this.#move(tx, after, events.at(-1)?.position ?? after))) return false;
      for (const event of events) await this.#digest(tx, event);
      return true;
    });
  }

  async #applyAlone(after: number, event: RecordedEvent): Promise<boolean> {
    try {
      return await this.#applyTogether(after, [event]);
    } catch (error) {
      if (isTransient(error)) throw error;
      this.#options.onParked(event, error);
      return inTransaction(this.#options.pool, async (tx) => {
        if (!(await this.#move(tx, after, event.position))) return false;
        await park(tx, this.#options.place, { event, error });
        this.#parked.add(event.streamId);
        return true;
      });
    }
  }

  async #digest(tx: PoolClient, event: RecordedEvent): Promise<void> {
    if (!this.#options.types.has(event.type)) return;
    if (this.#parked.has(event.streamId))
      await park(tx, this.#options.place, { event, error: null });
    else await this.#options.handle(event, tx);
  }

  async #move(tx: PoolClient, from: number, to: number): Promise<boolean> {
    const { place } = this.#options;
    const { rowCount } = await tx.query(
      'update consumer.checkpoint set position = $4 where consumer = $1 and shard = $2 and position = $3',
      [place.consumer, place.shard, from, to],
    );
    return rowCount === 1;
  }

  async #redrive(): Promise<boolean> {
    const { pool, place, handle, onRedriven } = this.#options;
    const due = await nextDue(pool, place);
    if (!due) return false;
    const [event] = await this.read(due.position - 1, 1);
    if (!event) return false;
    try {
      const mine = await inTransaction(pool, async (tx) => {
        if (!(await unpark(tx, place, due.position))) return false;
        await handle(event, tx);
        return true;
      });
      if (mine) onRedriven?.(event, null);
    } catch (error) {
      if (isTransient(error)) throw error;
      await postpone(pool, place, { position: due.position, error });
      onRedriven?.(event, error);
    }
    // A stream whose last parked event went through flows again; read under the same rule as at the start.
    this.#parked = await parkedStreams(pool, place);
    return true;
  }
}
