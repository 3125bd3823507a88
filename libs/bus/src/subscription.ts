import { envelopeSchema, upcast, type RecordedEvent } from '@recoup/contracts';
import { backoffMs, sleep } from '@recoup/kernel';
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { Connection } from './connection.js';
import { durableName, ensureConsumer, STREAM } from './topology.js';

export interface Delivery {
  readonly event: RecordedEvent;
  /** Acknowledges this and everything before it on the shard (the policy is ack-all: never a message out of turn). */
  ack(): void;
}

export interface SubscribeOptions {
  readonly consumer: string;
  readonly shard: number;
  readonly signal: AbortSignal;
  /** A message arrived; must not block. */
  readonly onDelivery: (delivery: Delivery) => void;
  /** What was delivered so far may have a hole: the subscription was made anew. */
  readonly onRestart: () => void;
  /** Makes the stream again when it is gone. */
  readonly ensureTopology: () => Promise<void>;
}

/**
 * Delivers the messages of one shard to one durable consumer until the signal aborts. A stream or consumer that is gone
 * is made again here: the client by itself only repeats that it was not found.
 */
export async function subscribeShard(
  connection: Connection,
  options: SubscribeOptions,
): Promise<void> {
  const { signal } = options;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await options.ensureTopology();
      await ensureConsumer(connection, options.consumer, options.shard);
      options.onRestart();
      await deliverUntilBroken(connection, options);
      failures = 0;
    } catch {
      // NATS is away. The owner of this subscription reads the log meanwhile.
    }
    await sleep(backoffMs(failures, { baseMs: 100, capMs: 5000 }), signal);
  }
}

async function deliverUntilBroken(
  connection: Connection,
  { consumer, shard, signal, onDelivery }: SubscribeOptions,
): Promise<void> {
  const source = await connection.js.consumers.get(STREAM, durableName(consumer, shard));
  const messages = await source.consume({
    max_messages: 500,
    expires: 10_000,
    callback: (message) => {
      const event = parse(message);
      // What cannot be read is left to the log: the next position then shows a hole, and the hole is read there.
      if (event) onDelivery({ event, ack: () => message.ack() });
    },
  });
  const stop = (): void => void messages.close();
  signal.addEventListener('abort', stop, { once: true });
  const forget = connection.onReconnect(stop);
  if (signal.aborted) stop(); // while the subscription was being made: nobody will tell again
  try {
    await Promise.race([brokenBy(messages), messages.closed()]);
  } finally {
    signal.removeEventListener('abort', stop);
    forget();
    await messages.close();
  }
}

const BREAKING = new Set([
  'consumer_not_found',
  'consumer_deleted',
  'stream_not_found',
  'heartbeats_missed',
]);

async function brokenBy(messages: ConsumerMessages): Promise<void> {
  for await (const status of messages.status()) {
    if (BREAKING.has(status.type)) return;
  }
}

function parse(message: JsMsg): RecordedEvent | null {
  try {
    const envelope = envelopeSchema.parse(message.json());
    const data = upcast(envelope.type, envelope.schemaVersion, envelope.data);
    return { ...envelope, data } as RecordedEvent;
  } catch {
    return null;
  }
}
