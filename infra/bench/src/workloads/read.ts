import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { newId, shardOf } from '@recoup/kernel';
import { callInParallel } from '../callers.js';
import { castore } from '../contestants/castore.js';
import { emmett, emmettEvents } from '../contestants/emmett.js';
import { messageDb } from '../contestants/message-db.js';
import { recoupLog } from '../contestants/recoup.js';
import { newEvents } from '../payload.js';
import type { Contestant, Rate, WorkloadFile } from '../workload.js';

const TENANT = 'tenant-0';
const STREAMS = 400;
const PER_STREAM = 100;
const BATCH = 500;
const CALLERS = 8;

/** Reads until it has all, once; throws when there were fewer or more. */
async function all(next: () => Promise<number>): Promise<Rate> {
  const begin = performance.now();
  let seen = 0;
  for (let count = -1; count !== 0; seen += count) count = await next();
  if (seen !== STREAMS * PER_STREAM) throw new Error(`read ${seen} events`);
  return { figure: seen / ((performance.now() - begin) / 1000) };
}

/** Whole streams, and all events in the order of the log, from stores that hold the same events. */
export const read: WorkloadFile = async (bench) => {
  const ours = await recoupLog(bench);
  const theirs = await emmett(bench);
  const aggregates = await castore(bench);
  const messages = await messageDb(bench);
  const ids = Array.from({ length: STREAMS }, newId);
  for (const id of ids) {
    const streamId = `connection-${id}`;
    const request = {
      tenantId: TENANT,
      streamId,
      expected: 'absent',
      events: newEvents(PER_STREAM),
    } as const;
    const outcome = await ours.store.append(request);
    if (!outcome.ok) throw new Error(`a new stream was refused: ${outcome.reason}`);
    const absent = { expectedStreamVersion: STREAM_DOES_NOT_EXIST };
    await theirs.store.appendToStream(streamId, emmettEvents(PER_STREAM), absent);
    await aggregates.append(id, PER_STREAM);
    await messages.append(streamId, PER_STREAM);
  }

  /** Callers that ask for one stream after the other. */
  const streams =
    (readOne: (id: string) => Promise<number>): Contestant['run'] =>
    (seconds) => {
      let next = 0;
      return callInParallel({ callers: CALLERS, eventsPerCall: PER_STREAM, seconds }, async () => {
        const count = await readOne(ids[next++ % STREAMS] ?? '');
        if (count !== PER_STREAM) throw new Error(`a stream of ${count} events`);
      });
    };

  return [
    {
      name: 'read-stream',
      title: `a stream of ${PER_STREAM} events, whole, ${CALLERS} callers`,
      limit: 'parsing rows and JSON in this process',
      contestants: [
        {
          name: 'recoup',
          setup: ours.setup,
          run: streams(
            async (id) => (await ours.store.readStream(TENANT, `connection-${id}`)).length,
          ),
        },
        {
          name: 'Emmett 0.42',
          setup: theirs.setup,
          run: streams(
            async (id) => (await theirs.store.readStream(`connection-${id}`)).events.length,
          ),
        },
        {
          name: 'message-db 1.3',
          setup: messages.setup,
          run: streams((id) => messages.read(`connection-${id}`)),
        },
        { name: 'castore 2.4', setup: aggregates.setup, run: streams((id) => aggregates.read(id)) },
      ],
    },
    {
      name: 'catch-up',
      title: `all ${STREAMS * PER_STREAM} events in the order of the log, ${BATCH} at a time`,
      limit:
        'parsing rows and JSON in this process. castore has no order across aggregates to read by',
      contestants: [
        {
          name: 'recoup',
          setup: 'readShard, one connection; the envelope of every event is made anew',
          run: () => {
            let position = 0;
            return all(async () => {
              const batch = await ours.store.readShard(shardOf(TENANT), position, BATCH);
              position += batch.length;
              return batch.length;
            });
          },
        },
        {
          name: 'message-db 1.3',
          setup: 'get_category_messages, one connection',
          run: () => {
            let position = 0;
            return all(async () => {
              const { count, last } = await messages.readAll(position, BATCH);
              position = last;
              return count;
            });
          },
        },
        {
          name: 'Emmett 0.42',
          setup: `its consumer with a reactor, ${BATCH} at a time; it stores a checkpoint for each batch`,
          run: () => consumeAll(theirs.store),
        },
      ],
    },
  ];
};

/** Emmett reads across streams only by a consumer, which is told to stop with the last event. */
async function consumeAll(store: Awaited<ReturnType<typeof emmett>>['store']): Promise<Rate> {
  const total = STREAMS * PER_STREAM;
  const begin = performance.now();
  let seen = 0;
  const consumer = store.consumer({ pulling: { batchSize: BATCH } });
  const done = new Promise<void>((resolve) => {
    consumer.reactor({
      processorId: `bench-${newId()}`,
      startFrom: 'BEGINNING',
      eachMessage: () => {
        seen += 1;
        if (seen === total) resolve();
      },
    });
  });
  const running = consumer.start();
  await done;
  const elapsed = (performance.now() - begin) / 1000;
  await consumer.close();
  await running;
  return { figure: total / elapsed };
}
