import type { RecordedEvent } from '@recoup/contracts';
import { backoffMs, sleep } from '@recoup/kernel';
import type { Delivery } from './subscription.js';

/** Most events of one transaction: beyond this batches only hold locks longer. */
const MAX_BATCH = 500;

/** Without a delivery for this long, the log is asked, in milliseconds: the wire may be silent because it is broken. */
const SILENCE_MS = 5000;

/** Where a consumer keeps its place and its effects: one transaction for both, which is what makes them exactly once. */
export interface ConsumerRecord {
  /** The position up to which this shard is done. */
  checkpoint(): Promise<number>;
  /**
   * Applies events that follow `after` without a hole, and moves the checkpoint from `after` to the last one, in one
   * transaction. Answers false when the checkpoint was not at `after`: somebody else moved it, nothing was applied.
   */
  apply(after: number, events: readonly RecordedEvent[]): Promise<boolean>;
  /** Events of the shard after a position, from the log. */
  read(after: number, limit: number): Promise<readonly RecordedEvent[]>;
}

export interface OrderedConsumerOptions {
  readonly record: ConsumerRecord;
  readonly signal: AbortSignal;
  /** Told of a failure of the record (a lost database …); the consumer goes on after a pause. */
  readonly onError: (error: unknown) => void;
}

/**
 * Turns at-least-once delivery into effects exactly once, in order. Positions are dense, so each event tells by itself
 * what it is: at or below the checkpoint it is a repeat and dropped, next in turn it is applied, and above that there is
 * a hole, which is read from the log first.
 */
export class OrderedConsumer {
  readonly #options: OrderedConsumerOptions;
  #queue: Delivery[] = [];
  #mustRead = true;
  #wake: (() => void) | null = null;

  constructor(options: OrderedConsumerOptions) {
    this.#options = options;
  }

  deliver(delivery: Delivery): void {
    this.#queue.push(delivery);
    this.#wake?.();
  }

  /** The wire may have lost something: look into the log before believing it again. */
  distrust(): void {
    this.#mustRead = true;
    this.#wake?.();
  }

  /** Works until the signal aborts. */
  async run(): Promise<void> {
    const { record, signal, onError } = this.#options;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await this.#work(await record.checkpoint());
        failures = 0;
      } catch (error) {
        onError(error);
        this.#mustRead = true;
        await sleep(backoffMs(failures, { baseMs: 100, capMs: 5000 }), signal);
      }
    }
  }

  /** Returns when the checkpoint turned out to be elsewhere, so that it is read again. */
  async #work(checkpoint: number): Promise<void> {
    const { record, signal } = this.#options;
    let position = checkpoint;
    while (!signal.aborted) {
      const batch = this.#queue.splice(0, MAX_BATCH);
      const fresh = batch
        .filter(({ event }) => event.position > position)
        .map(({ event }) => event);
      const events =
        this.#mustRead || !follows(position, fresh) ? await this.#readLog(position) : fresh;
      if (events.length > 0 && !(await record.apply(position, events))) {
        this.distrust();
        return;
      }
      position = events.at(-1)?.position ?? position;
      acknowledge(batch, position);
      if (this.#queue.length === 0 && !this.#mustRead) await this.#sleep();
    }
  }

  /** The next events from the log; a full batch means that there may be more. */
  async #readLog(position: number): Promise<readonly RecordedEvent[]> {
    this.#mustRead = false;
    const events = await this.#options.record.read(position, MAX_BATCH);
    if (events.length === MAX_BATCH) this.#mustRead = true;
    return events;
  }

  #sleep(): Promise<void> {
    const { signal } = this.#options;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(() => this.distrust(), SILENCE_MS);
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
      if (signal.aborted) done();
    });
  }
}

function follows(position: number, events: readonly RecordedEvent[]): boolean {
  return events.every((event, index) => event.position === position + 1 + index);
}

/** With ack-all the newest delivery that is done acknowledges all before it. */
function acknowledge(batch: readonly Delivery[], position: number): void {
  const done = batch.filter(({ event }) => event.position <= position);
  done.at(-1)?.ack();
}
