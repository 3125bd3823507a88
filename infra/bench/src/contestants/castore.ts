import { PostgresEventStorageAdapter } from '@castore/event-storage-adapter-postgres';
import { newEvents } from '../payload.js';
import type { BenchServers } from '../workload.js';

const context = { eventStoreId: 'connection' } as const;

export interface Castore {
  /** Appends to a new aggregate, in one transaction. */
  append(aggregateId: string, count: number): Promise<void>;
  /** Answers how many events the aggregate has. */
  read(aggregateId: string): Promise<number>;
  readonly setup: string;
}

/**
 * castore 2.4 with its Postgres adapter, in a database of its own on the same server. Its driver opens up to 10 connections,
 * which the adapter neither lets choose nor closes: they end with the process.
 */
export async function castore(bench: BenchServers): Promise<Castore> {
  const connectionString = await bench.emptyDatabase();
  await PostgresEventStorageAdapter.createEventTable({ connectionString });
  const adapter = new PostgresEventStorageAdapter({ connectionString });
  return {
    setup: 'pool of 10 (its driver’s default)',
    async append(aggregateId, count) {
      const events = newEvents(count).map((event, index) => ({
        aggregateId,
        version: index + 1,
        type: event.type,
        timestamp: event.occurredAt,
        payload: { ...event.data },
        metadata: { correlationId: event.correlationId, causationId: null, actor: event.actor },
      }));
      const [first, ...rest] = events.map((event) =>
        Object.assign(adapter.groupEvent(event), { context }),
      );
      if (events[0] && rest.length === 0) await adapter.pushEvent(events[0], context);
      else if (first) await adapter.pushEventGroup({}, first, ...rest);
    },
    async read(aggregateId) {
      return (await adapter.getEvents(aggregateId, context)).events.length;
    },
  };
}
