import {
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

/** One connection of this process to NATS, with what the other files of this library need. */
export interface Connection {
  readonly nats: NatsConnection;
  readonly js: JetStreamClient;
  manager(): Promise<JetStreamManager>;
  /** Calls back after every reconnect: what the server knew before may be gone. Answers how to stop listening. */
  onReconnect(listener: () => void): () => void;
}

/**
 * Connects to any of the servers (URLs with commas between them), waiting for one for as long as it takes, and keeps
 * reconnecting for ever: a service must outlive its bus, since the log in Postgres carries on without it. Each process
 * begins with a server drawn at random, so that a cluster shares the clients; servers that join it later are told by it.
 */
export async function openConnection(url: string, name: string): Promise<Connection> {
  const nats = await connect({
    servers: url.split(',').map((server) => server.trim()),
    name,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    pingInterval: 10_000,
    maxPingOut: 2,
  });
  const listeners = new Set<() => void>();
  void watchStatus(nats, listeners);
  let manager: Promise<JetStreamManager> | undefined;
  return {
    nats,
    js: jetstream(nats),
    manager() {
      manager ??= jetstreamManager(nats, { checkAPI: false });
      return manager;
    },
    onReconnect(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function watchStatus(
  nats: NatsConnection,
  listeners: ReadonlySet<() => void>,
): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type === 'reconnect') for (const listener of listeners) listener();
  }
}
