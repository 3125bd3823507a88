import { subjectOf, type RecordedEvent } from '@recoup/contracts';
import { headers, type Msg } from '@nats-io/nats-core';
import type { Connection } from './connection.js';

/** Messages in flight at most. Beyond this the server's pending buffer grows and throughput does not. */
const WINDOW = 4000;

/** How long to wait for the next acknowledgement of a batch before what is missing counts as lost, in milliseconds. */
const ACK_TIMEOUT_MS = 5000;

export interface PublishOptions {
  /** False when refilling: within the duplicate window the server would drop what it lost. */
  readonly deduplicate: boolean;
}

/**
 * Publishes events of one shard in order, many in flight, over one inbox for all acknowledgements: four to five times
 * what `js.publish` does, whose cost is a subscription and a timer per message.
 */
export interface Publisher extends AsyncDisposable {
  /**
   * Answers how many events, counted from the first without a hole, the stream has acknowledged. Fewer than were given
   * means that something failed: go on from there. An event may still have arrived; its header makes a repeat harmless.
   */
  publish(events: readonly RecordedEvent[], options: PublishOptions): Promise<number>;
}

interface Batch {
  readonly acked: Uint8Array;
  done: number;
  failed: boolean;
  wake: (() => void) | null;
}

export function openPublisher({ nats, inbox: newInbox }: Connection): Publisher {
  const inbox = newInbox();
  const batches = new Map<number, Batch>();
  let lastBatch = 0;
  let inFlight = 0;
  const roomWaiters: (() => void)[] = [];

  const settle = (batch: Batch, count: number): void => {
    inFlight -= count;
    while (inFlight < WINDOW && roomWaiters.length > 0) roomWaiters.shift()?.();
    batch.wake?.();
  };
  const subscription = nats.subscribe(`${inbox}.*.*`, {
    callback: (_error, message) => {
      const [batchId = 0, index = 0] = message.subject.split('.').slice(-2).map(Number);
      const batch = batches.get(batchId);
      if (!batch) return;
      if (!isAck(message)) batch.failed = true;
      else if (batch.acked[index] === 0) {
        batch.acked[index] = 1;
        batch.done += 1;
        settle(batch, 1);
      }
      if (batch.failed) batch.wake?.();
    },
  });

  return {
    async publish(events, { deduplicate }) {
      const id = (lastBatch += 1);
      const batch: Batch = {
        acked: new Uint8Array(events.length),
        done: 0,
        failed: false,
        wake: null,
      };
      batches.set(id, batch);
      let sent = 0;
      try {
        for (const event of events) {
          if (inFlight >= WINDOW && !(await room(batch, roomWaiters))) break;
          if (batch.failed) break;
          nats.publish(subjectOf(event.type, event.shard), JSON.stringify(event), {
            reply: `${inbox}.${id}.${sent}`,
            ...(deduplicate && { headers: messageId(event) }),
          });
          inFlight += 1;
          sent += 1;
        }
        while (batch.done < sent && !batch.failed && (await progress(batch)));
        return contiguous(batch.acked);
      } finally {
        batches.delete(id);
        settle(batch, sent - batch.done);
      }
    },
    [Symbol.asyncDispose]() {
      subscription.unsubscribe();
      return Promise.resolve();
    },
  };
}

function messageId(event: RecordedEvent): ReturnType<typeof headers> {
  const set = headers();
  set.set('Nats-Msg-Id', `${event.shard}-${event.position}`);
  return set;
}

/** `{"stream":…}` acknowledges; `{"error":…}` and an empty answer (no stream, no responders) refuse. */
function isAck({ data }: Msg): boolean {
  return data.length > 2 && data[2] === 's'.charCodeAt(0);
}

function contiguous(acked: Uint8Array): number {
  const firstMissing = acked.indexOf(0);
  return firstMissing === -1 ? acked.length : firstMissing;
}

/** Waits for the next sign of life of a batch; false when none came in time. */
function progress(batch: Batch): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), ACK_TIMEOUT_MS);
    const finish = (alive: boolean): void => {
      clearTimeout(timer);
      batch.wake = null;
      resolve(alive);
    };
    batch.wake = () => finish(true);
  });
}

/** Waits for room in the window; false when nothing moved for as long as an acknowledgement may take. */
function room(batch: Batch, waiters: (() => void)[]): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), ACK_TIMEOUT_MS);
    const finish = (free: boolean): void => {
      clearTimeout(timer);
      const index = waiters.indexOf(free_);
      if (index !== -1) waiters.splice(index, 1);
      resolve(free && !batch.failed);
    };
    const free_ = (): void => finish(true);
    waiters.push(free_);
  });
}
