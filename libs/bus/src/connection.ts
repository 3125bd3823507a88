import {
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { createInbox } from '@nats-io/nats-core';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { accessOptions, type Access } from './access.js';

/** One connection of this process to NATS, with what the other files of this library need. */
export interface Connection {
  readonly nats: NatsConnection;
  readonly js: JetStreamClient;
  /** A subject of this process alone, for answers. */
  readonly inbox: () => string;
  manager(): Promise<JetStreamManager>;
  /** Calls back after every reconnect: what the server knew before may be gone. Answers how to stop listening. */
  onReconnect(listener: () => void): () => void;
}

/**
 * Connects to any of the servers (URLs with commas between them), waiting for one for as long as it takes, and keeps
 * reconnecting for ever: a service must outlive its bus, since the log in Postgres carries on without it. Each process
 * begins with a server drawn at random, so that a cluster shares the clients; servers that join it later are told by it.
 */
export async function openConnection(access: Access, name: string): Promise<Connection> {
  const nats = await connect({
    ...accessOptions(access),
    name,
    inboxPrefix: inboxesOf(name),
    // A key that the server does not know yet, or an account that is being changed, is waited for like a server.
    ignoreAuthErrorAbort: true,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    // For a greeting. One that is cut off in the middle is noticed by this alone: the client's own 20 seconds are long.
    timeout: 5_000,
    pingInterval: 10_000,
    maxPingOut: 2,
  });
  const listeners = new Set<() => void>();
  void watchStatus(nats, listeners);
  let manager: Promise<JetStreamManager> | undefined;
  return {
    nats,
    js: jetstream(nats),
    inbox: () => createInbox(inboxesOf(name)),
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

/** Under which subjects answers to a process come: a server that keeps users apart lets each read its own alone. */
export function inboxesOf(name: string): string {
  return `_INBOX.${name}`;
}

async function watchStatus(
  nats: NatsConnection,
  listeners: ReadonlySet<() => void>,
): Promise<void> {
  for await (const status of nats.status()) {
    if (status.type === 'reconnect') for (const listener of listeners) listener();
  }
}
