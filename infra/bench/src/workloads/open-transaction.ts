import { newId, shardOf, sleep } from '@recoup/kernel';
import { Client } from 'pg';
import { emmett, emmettEvents } from '../contestants/emmett.js';
import { recoupLog } from '../contestants/recoup.js';
import { followLog } from '../follow-log.js';
import { newEvents } from '../payload.js';
import type { BenchServers, WorkloadFile } from '../workload.js';

const TENANT = 'tenant-0';
/** How long somebody else's transaction stays open. Real ones do for as long as a backup, a report, a forgotten prompt. */
const OPEN_MS = 3_000;

/** A reader that follows a log, and what appends to it. */
interface Followed {
  readonly setup: string;
  /** One event, on a stream that does not exist yet. */
  append(streamId: string): Promise<unknown>;
  /** Resolves when the reader is given an event of that stream. */
  arrival(streamId: string): Promise<void>;
}

/** How late an event is read while a transaction that has written is open in another database of the same server. */
export const openTransaction: WorkloadFile = async (bench) => {
  const elsewhere = await bench.emptyDatabase();
  const contestant = async (name: string, side: Followed) => {
    await seen(side); // it follows by now
    const run = () => whileOpen(elsewhere, () => seen(side));
    return { name, setup: side.setup, run };
  };
  return [
    {
      name: 'open-transaction',
      title: `from an append to its reader, while a transaction that has written is open for ${OPEN_MS / 1000} s in another database`,
      limit:
        'a commit, a notification and a read: positions are dense, so nobody’s open transaction is waited for',
      unit: 'ms',
      repetitions: 5,
      contestants: [
        await contestant('recoup', await recoupFollowed(bench)),
        await contestant('Emmett 0.42', await emmettFollowed(bench)),
      ],
    },
  ];
};

async function seen(side: Followed): Promise<number> {
  const streamId = `connection-${newId()}`;
  const arrival = side.arrival(streamId);
  const begin = performance.now();
  await side.append(streamId);
  await arrival;
  return performance.now() - begin;
}

/** Answers what `work` measured, once the transaction beside it has ended. */
async function whileOpen(
  connectionString: string,
  work: () => Promise<number>,
): Promise<{ figure: number }> {
  const other = new Client({ connectionString });
  await other.connect();
  await other.query('begin');
  await other.query('select pg_current_xact_id()');
  const ended = sleep(OPEN_MS).then(() => other.query('commit'));
  const figure = await work();
  await ended;
  await other.end();
  return { figure };
}

/** One who waits for an event of a stream, and whom a reader tells of all. */
function waiting(): Pick<Followed, 'arrival'> & { heard: (streamId: string) => void } {
  let wanted = { streamId: '', resolve: (): void => undefined };
  return {
    arrival: (streamId) => new Promise((resolve) => (wanted = { streamId, resolve })),
    heard(streamId) {
      if (streamId === wanted.streamId) wanted.resolve();
    },
  };
}

async function recoupFollowed(bench: BenchServers): Promise<Followed> {
  const { store, setup, url: connectionString } = await recoupLog(bench);
  const { arrival, heard } = waiting();
  const shard = shardOf(TENANT);
  followLog(bench, { store, connectionString, shard, after: 0 }, (events) => {
    for (const { streamId } of events) heard(streamId);
  });
  return {
    setup: `followShard; ${setup}`,
    append: (streamId) =>
      store.append({ tenantId: TENANT, streamId, expected: 'absent', events: newEvents(1) }),
    arrival,
  };
}

async function emmettFollowed(bench: BenchServers): Promise<Followed> {
  const { store, setup } = await emmett(bench);
  await store.appendToStream(`connection-${newId()}`, emmettEvents(1)); // makes its tables
  const { arrival, heard } = waiting();
  const consumer = store.consumer();
  consumer.reactor({
    ...{ processorId: 'bench', startFrom: 'BEGINNING' },
    eachMessage: ({ metadata }) => heard(metadata.streamName),
  });
  const consuming = consumer.start();
  bench.onEnd(async () => {
    await consumer.close();
    await consuming;
  });
  return {
    setup: `its consumer with a reactor, polling as it does by default; ${setup}`,
    append: (streamId) => store.appendToStream(streamId, emmettEvents(1)),
    arrival,
  };
}
