import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { RecordedEvent } from '@recoup/contracts';
import { newId } from '@recoup/kernel';
import { eventually, natsCluster, type NatsCluster, type NatsNode } from '@recoup/testkit';
import { openBus, type Bus } from '../bus.js';
import { durableName, STREAM } from '../topology.js';

/** Elections take up to nine seconds, and a machine under load takes its time. */
export const PATIENCE = { timeoutMs: 60_000, everyMs: 100 };

const PROBE = 'probe';

/** A bus on a cluster of three, and a way to see and move who leads what. */
export interface BusOnCluster extends AsyncDisposable {
  readonly cluster: NatsCluster;
  readonly bus: Bus;
  /** As the relay does: on from the first event that was not acknowledged, until all are. */
  publishAll(batch: readonly RecordedEvent[]): Promise<void>;
  /** Hears a shard from now on. */
  listen(shard: number): Promise<void>;
  /** Resolves when so many different events of a shard were heard. */
  heard(shard: number, count: number): Promise<unknown>;
  streamLeader(): Promise<NatsNode>;
  consumerLeader(shard: number): Promise<NatsNode>;
  /** How many servers beside its leader keep a copy of the probe's consumer of a shard. */
  copiesOfConsumer(shard: number): Promise<number>;
  /** Waits until there are three complete copies of the stream. */
  copiesComplete(): Promise<unknown>;
  /** Has the leader of the stream hand over while it works. */
  moveLeader(): Promise<unknown>;
}

/** Starts a cluster and connects; no stream is there yet. */
export async function openBusOnCluster(): Promise<BusOnCluster> {
  const cluster = await natsCluster();
  const nats = await connect({ servers: cluster.url.split(','), maxReconnectAttempts: -1 });
  const manager = await jetstreamManager(nats, { checkAPI: false });
  const bus = await openBus({ url: cluster.url, name: 'cluster-test', replicas: 3 });
  const stop = new AbortController();
  const positions = new Map<number, Set<number>>();
  const nodeOf = (name: string | undefined): NatsNode => {
    const node = cluster.nodes.find((one) => one.name === name);
    if (!node) throw new Error(`no server is called ${name}`);
    return node;
  };
  const consumerInfo = (shard: number): ReturnType<typeof manager.consumers.info> =>
    manager.consumers.info(STREAM, durableName(PROBE, shard));
  return {
    cluster,
    bus,
    async publishAll(batch) {
      let done = 0;
      await eventually(async () => {
        done += await bus.publisher.publish(batch.slice(done), { deduplicate: true });
        return done === batch.length;
      }, PATIENCE);
    },
    listen(shard) {
      const mine = new Set<number>();
      positions.set(shard, mine);
      return new Promise((onRestart) => {
        void bus.subscribeShard({
          consumer: PROBE,
          shard,
          signal: stop.signal,
          onRestart,
          onDelivery({ event, ack }) {
            mine.add(event.position);
            ack();
          },
        });
      });
    },
    heard: (shard, count) => eventually(() => positions.get(shard)?.size === count, PATIENCE),
    streamLeader: async () => nodeOf((await manager.streams.info(STREAM)).cluster?.leader),
    consumerLeader: async (shard) => nodeOf((await consumerInfo(shard)).cluster?.leader),
    copiesOfConsumer: async (shard) => (await consumerInfo(shard)).cluster?.replicas?.length ?? 0,
    copiesComplete: () =>
      eventually(async () => {
        const copies = (await manager.streams.info(STREAM)).cluster?.replicas ?? [];
        return copies.length === 2 && copies.every(({ current, offline }) => current && !offline);
      }, PATIENCE),
    moveLeader: () =>
      nats.request(`$JS.API.STREAM.LEADER.STEPDOWN.${STREAM}`, '', { timeout: 10_000 }),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await bus[Symbol.asyncDispose]();
      await nats.close();
      await cluster[Symbol.asyncDispose]();
    },
  };
}

/** Events of a shard, at the positions from `from` on. */
export function someEvents(shard: number, from: number, count: number): RecordedEvent[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: newId(),
    type: 'sync.amazon_disconnected',
    schemaVersion: 1,
    tenantId: 't',
    shard,
    position: from + nth,
    streamId: 'connection-t',
    streamVersion: from + nth,
    occurredAt: '2026-03-04T05:06:07.089Z',
    correlationId: 'c',
    causationId: null,
    actor: 'service:test',
    traceparent: null,
    data: { sellingPartnerId: 'A1SELLER', purge: false },
  }));
}
