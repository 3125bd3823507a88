import { OrderedConsumer } from '@recoup/bus';
import type { EventType } from '@recoup/contracts';
import { ownShards } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { PostgresConsumerRecord, type Handle } from './consumer-record.js';
import { countParked, countRedriven, observedHandle, observedRecord } from './observed/consumer.js';
import type { Service } from './service.js';

/** How often parked events are looked at, in milliseconds. */
const REDRIVE_MS = 1000;

export interface ConsumeOptions {
  /** Events of other types only move the checkpoint. */
  readonly types: readonly EventType[];
  /**
   * Called once per event, in order within a shard, inside the transaction that moves the checkpoint. May be called
   * again for the same event after a crash or a failed neighbour, its earlier writes through `tx` undone: appends made
   * here need ids derived from the event. Long work does not belong here: write a job row and let a worker take it.
   */
  readonly handle: Handle;
}

/**
 * Hears the events of all shards whose consumer lock this process gets, until the service stops. The name of the
 * service is the name of the consumer: its place in each shard survives restarts.
 */
export function consume(service: Service, { types, handle }: ConsumeOptions): void {
  const wanted = new Set(types);
  const onError = (error: unknown): void =>
    service.log.warn({ err: error }, 'consumer interrupted');

  const consumeShard = async (shard: number, signal: AbortSignal): Promise<void> => {
    const record = new PostgresConsumerRecord({
      place: { consumer: service.name, shard },
      pool: service.pool,
      store: service.store,
      types: wanted,
      handle: observedHandle(service.name, handle),
      onParked: (event, error) => {
        countParked(service.name);
        service.log.error(
          { err: error, position: event.position, stream: event.streamId },
          'event parked',
        );
      },
      onRedriven: (event, error) => {
        countRedriven(service.name, error);
        const about = { position: event.position, stream: event.streamId };
        if (error === null) service.log.info(about, 'parked event went through');
        else service.log.error({ ...about, err: error }, 'parked event failed again');
      },
    });
    const consumer = new OrderedConsumer({
      record: observedRecord(service.name, record),
      signal,
      onError,
    });
    await Promise.all([
      consumer.run(),
      redriveLoop(record, signal, onError),
      service.bus.subscribeShard({
        consumer: service.name,
        shard,
        signal,
        onDelivery: (delivery) => consumer.deliver(delivery),
        onRestart: () => consumer.distrust(),
      }),
    ]);
  };

  const connection = {
    connectionString: service.databaseUrl,
    application_name: `recoup-${service.name}`,
  };
  service.run(
    'consumer',
    ownShards({
      name: `consumer:${service.name}`,
      connection,
      signal: service.signal,
      run: consumeShard,
      onError,
    }),
  );
}

async function redriveLoop(
  record: PostgresConsumerRecord,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      while (await record.redrive());
    } catch (error) {
      onError(error);
    }
    await sleep(REDRIVE_MS, signal);
  }
}
