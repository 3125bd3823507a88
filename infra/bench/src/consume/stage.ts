import { once } from 'node:events';
import { STREAM } from '@recoup/bus';
import { shardToken } from '@recoup/contracts';
import { openEventStore } from '@recoup/event-store';
import { newId, shardOf, sleep } from '@recoup/kernel';
import { openService } from '@recoup/service-kit';
import { natsServer, type NatsServer } from '@recoup/testkit';
import { Pool } from 'pg';
import { pino } from 'pino';
import { startChild } from '../child.js';
import { newEvents } from '../payload.js';
import type { BenchServers } from '../workload.js';

const TENANT = 'tenant-0';
const PER_CALL = 100;
const ROLE = 'recoup_detection_follow';

/** A log, a relay in this process, a nats-server and one consumer as a process of its own. */
export interface ConsumerStage {
  readonly nats: NatsServer;
  /** Appends so many events, a hundred a call. */
  append(count: number): Promise<void>;
  /** Resolves when everything that was appended has had its effect; throws when an effect is missing. */
  settled(): Promise<void>;
  /** Kills the consumer's process and starts another. */
  restartConsumer(): Promise<void>;
}

/** `consumer`: which program of `consume/`. */
export async function consumerStage(
  bench: BenchServers,
  consumer: 'recoup-consumer' | 'plain-consumer',
): Promise<ConsumerStage> {
  const { adminUrl, urlOf } = await bench.database();
  const url = urlOf(ROLE);
  const nats = await natsServer();
  bench.onEnd(async () => nats[Symbol.asyncDispose]());
  const admin = new Pool({ connectionString: adminUrl, max: 2 });
  bench.onEnd(() => admin.end());
  await admin.query(`create table public.effect (position bigint primary key);
    grant select, insert on public.effect to ${ROLE}`);
  // The relay of both sides; a consumer's own stands by.
  const relay = await openService(
    'ingestion',
    {
      DATABASE_URL: urlOf('recoup_ingestion_follow'),
      NATS_URL: nats.url,
      NATS_REPLICAS: 1,
      OPS_PORT: 0,
      LOG_LEVEL: 'silent',
    },
    pino({ level: 'silent' }),
  );
  bench.onEnd(() => relay.stop());
  await relay.bus.ensureTopology();
  const store = openEventStore(admin);
  const filter = `sync.${shardToken(shardOf(TENANT))}.*`;
  const args = [url, nats.url, STREAM, filter];
  let child = startChild(bench, `consume/${consumer}`, args);
  await once(child, 'message');
  let appended = 0;

  const newest = async (): Promise<number> => {
    const { rows } = await admin.query<{ newest: string | null }>(
      'select max(position) as newest from public.effect',
    );
    return Number(rows[0]?.newest ?? 0);
  };

  return {
    nats,
    async append(count) {
      for (let left = count; left > 0; left -= PER_CALL) {
        const events = newEvents(Math.min(left, PER_CALL));
        const streamId = `connection-${newId()}`;
        const outcome = await store.append({
          tenantId: TENANT,
          streamId,
          expected: 'absent',
          events,
        });
        if (!outcome.ok) throw new Error(`a new stream was refused: ${outcome.reason}`);
        appended += events.length;
      }
    },
    async settled() {
      while ((await newest()) < appended) await sleep(5);
      const { rows } = await admin.query<{ count: string }>('select count(*) from public.effect');
      if (Number(rows[0]?.count) !== appended) {
        throw new Error(`${rows[0]?.count} effects of ${appended} events`);
      }
    },
    async restartConsumer() {
      child.kill('SIGKILL');
      await once(child, 'exit');
      child = startChild(bench, `consume/${consumer}`, args);
      await once(child, 'message');
    },
  };
}
