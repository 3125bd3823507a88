import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { openEventStore } from '@recoup/event-store';
import { newId, shardOf } from '@recoup/kernel';
import { eventually, someEvents } from '@recoup/testkit';
import { Pool } from 'pg';
import type { ProductionServers } from './production-servers.js';

/** What detection may ask of JetStream, and a way to see an event arrive there. */
export interface EventPath extends AsyncDisposable {
  readonly manager: JetStreamManager;
  /** Appends an event as the gateway does, over its role, and waits until detection's consumer has acknowledged it. */
  appendAndWait(): Promise<unknown>;
}

export async function openEventPath(servers: ProductionServers<unknown>): Promise<EventPath> {
  const pool = new Pool({
    connectionString: servers.environmentOf('gateway')['DATABASE_URL']!,
    max: 1,
  });
  pool.on('error', () => undefined);
  const nats = await connect({
    servers: servers.natsUrl.split(','),
    tls: { caFile: servers.caFile },
    authenticator: nkeyAuthenticator(new TextEncoder().encode(servers.seedOf('detection'))),
    inboxPrefix: '_INBOX.recoup-detection',
    maxReconnectAttempts: -1,
  });
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const acknowledged = async (tenantId: string): Promise<number> => {
    const name = `detection-${String(shardOf(tenantId)).padStart(2, '0')}`;
    return (await manager.consumers.info('EVENTS', name)).ack_floor.consumer_seq;
  };
  return {
    manager,
    async appendAndWait() {
      const tenantId = newId();
      const before = await eventually(() => acknowledged(tenantId).then((n) => ({ n })), {
        timeoutMs: 30_000,
      });
      const events = someEvents(1);
      const streamId = `connection-${newId()}`;
      const request = { tenantId, streamId, expected: 'absent', events } as const;
      const outcome = await openEventStore(pool).append(request);
      if (!outcome.ok) throw new Error(`a new stream was refused: ${outcome.reason}`);
      return eventually(async () => (await acknowledged(tenantId)) > before.n, {
        timeoutMs: 60_000,
      });
    },
    async [Symbol.asyncDispose]() {
      await nats.close();
      await pool.end();
    },
  };
}
