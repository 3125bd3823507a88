import { jetstream } from '@nats-io/jetstream';
import { connect, headers } from '@nats-io/transport-node';
import { openBus } from '@recoup/bus';
import { subjectOf, type RecordedEvent } from '@recoup/contracts';
import { listenToLog } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { relayShard } from '@recoup/relay';
import { natsServer } from '@recoup/testkit';
import { filledLog, type FilledLog } from '../filled-log.js';
import type { Rate, WorkloadFile } from '../workload.js';

const BATCH = 2000;

/** The peer's publishes in flight. */
const IN_FLIGHT = 512;

/** Copies a shard of the log to a stream that is empty: log in Postgres, stream in a file, each event acknowledged. */
export const relay: WorkloadFile = async (bench) => {
  const log = await filledLog(bench, {
    role: 'recoup_ingestion_follow',
    streams: 10_000,
    eventsPerStream: 10,
  });
  const notifications = listenToLog({ connectionString: log.urlOf('recoup_ingestion_follow') });
  bench.onEnd(async () => notifications[Symbol.asyncDispose]());

  const relayed = async (): Promise<number> => {
    const { rows } = await log.pool.query<{ position: string }>(
      'select position from relay.checkpoint where shard = $1',
      [log.shard],
    );
    return Number(rows[0]?.position ?? 0);
  };

  const product = (url: string): Promise<Rate> =>
    timed(log, async () => {
      await using bus = await openBus({ url, name: 'bench', maxBytes: 1024 ** 3 });
      const stop = new AbortController();
      const running = relayShard(
        {
          pool: log.pool,
          store: log.store,
          notifications,
          bus,
          onError: report,
        },
        log.shard,
        stop.signal,
      );
      while ((await relayed()) < log.events) await sleep(5);
      stop.abort();
      await running;
    });

  const onFreshServer = async (run: (url: string) => Promise<Rate>): Promise<Rate> => {
    await using server = await natsServer();
    await using bus = await openBus({ url: server.url, name: 'bench-setup', maxBytes: 1024 ** 3 });
    await bus.ensureTopology();
    await log.pool.query('update relay.checkpoint set position = 0 where shard = $1', [log.shard]);
    const rate = await run(server.url);
    const tail = await bus.tailOf(log.shard);
    if (tail !== log.events) throw new Error(`the stream ends at ${tail} of ${log.events}`);
    return rate;
  };

  return [
    {
      name: 'relay',
      title: `${log.events} events from the log to JetStream (file, one replica)`,
      limit: 'the processor time of this process: reading rows, JSON, headers and acknowledgements',
      contestants: [
        {
          name: 'recoup',
          setup: `libs/relay: ${BATCH} read at a time, 4,000 in flight, message ids, checkpoint per batch`,
          run: () => onFreshServer(product),
        },
        {
          name: 'js.publish',
          setup: `the official client: ${BATCH} read at a time, ${IN_FLIGHT} in flight, message ids, no checkpoint`,
          run: () => onFreshServer((url) => timed(log, () => publishAll(log, url))),
        },
      ],
    },
  ];
};

function report(error: unknown): void {
  console.error(error);
}

async function timed({ events }: FilledLog, work: () => Promise<void>): Promise<Rate> {
  const begin = performance.now();
  await work();
  return { figure: events / ((performance.now() - begin) / 1000) };
}

async function publishAll({ store, shard, events }: FilledLog, url: string): Promise<void> {
  const nats = await connect({ servers: url });
  const js = jetstream(nats);
  const send = async (event: RecordedEvent): Promise<void> => {
    const header = headers();
    header.set('Nats-Msg-Id', `${event.shard}-${event.position}`);
    await js.publish(subjectOf(event.type, event.shard), JSON.stringify(event), {
      headers: header,
    });
  };
  for (let position = 0; position < events;) {
    const batch = await store.readShard(shard, position, BATCH);
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let event = batch[next++]; event; event = batch[next++]) await send(event);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    position += batch.length;
  }
  await nats.close();
}
