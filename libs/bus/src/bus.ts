import type { Access } from './access.js';
import { announce, hear } from './announcement.js';
import { openConnection } from './connection.js';
import { openPublisher, type Publisher } from './publisher.js';
import { request, respond, type Responder } from './request.js';
import { subscribeShard, type SubscribeOptions } from './subscription.js';
import { tailOf } from './tail.js';
import { ensureStream } from './topology.js';

export interface BusOptions extends Access {
  /** The name under which the server lists this connection; answers come to subjects of that name. */
  readonly name: string;
  /** Copies of the stream: 1 on a single server, 3 on a cluster. */
  readonly replicas?: number;
  readonly maxBytes?: number;
}

/** NATS as the rest of the system sees it. */
export interface Bus extends AsyncDisposable {
  readonly publisher: Publisher;
  /** Makes the stream when it is not there. */
  ensureTopology(): Promise<void>;
  /** The newest position of a shard on the wire; 0 for none. */
  tailOf(shard: number): Promise<number>;
  subscribeShard(options: Omit<SubscribeOptions, 'ensureTopology'>): Promise<void>;
  request(
    subject: string,
    body: unknown,
    options: { timeoutMs: number; traceparent?: string | null },
  ): Promise<unknown>;
  respond(subject: string, handler: Responder): void;
  /** Tells every process that hears the subject; nothing is stored. */
  announce(subject: string, body: unknown): void;
  hear(
    subject: string,
    to: { listener: (body: unknown) => void; onError: (error: Error) => void },
  ): () => void;
  onReconnect(listener: () => void): () => void;
  /** True while the server answers. */
  healthy(): boolean;
}

const DEFAULT_MAX_BYTES = 8 * 1024 ** 3;

/** After a reconnect every shard of a process asks at once for the same: they share what is under way. */
function sharedCall(call: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  return () => (underWay ??= call().finally(() => (underWay = null)));
}

/** Connects to NATS and makes the stream. Waits for a server that is not there yet. */
export async function openBus({
  name,
  replicas = 1,
  maxBytes = DEFAULT_MAX_BYTES,
  ...access
}: BusOptions): Promise<Bus> {
  const connection = await openConnection(access, name);
  let healthy = true;
  void (async () => {
    for await (const status of connection.nats.status()) {
      if (status.type === 'disconnect') healthy = false;
      if (status.type === 'reconnect') healthy = true;
    }
  })();
  const publisher = openPublisher(connection);
  const ensureTopology = sharedCall(() => ensureStream(connection, { replicas, maxBytes }));
  return {
    publisher,
    ensureTopology,
    tailOf: (shard) => tailOf(connection, shard),
    subscribeShard: (options) => subscribeShard(connection, { ...options, ensureTopology }),
    request: (subject, body, options) => request(connection, subject, { body, ...options }),
    respond: (subject, handler) => respond(connection, subject, handler),
    announce: (subject, body) => announce(connection, subject, body),
    hear: (subject, to) => hear(connection, subject, to),
    onReconnect: (listener) => connection.onReconnect(listener),
    healthy: () => healthy,
    async [Symbol.asyncDispose]() {
      await publisher[Symbol.asyncDispose]();
      await connection.nats.close();
    },
  };
}
