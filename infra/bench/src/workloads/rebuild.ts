import { listenToLog } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { projectShard, rebuildProjection } from '@recoup/projections';
import { Pool } from 'pg';
import { emmettRebuild } from '../contestants/emmett-rebuild.js';
import { benchProjection } from '../fold.js';
import { filledLog, type FilledLog } from '../filled-log.js';
import { newEvents } from '../payload.js';
import type { BenchServers, Rate, WorkloadFile } from '../workload.js';

const SIZE = { streams: 500, eventsPerStream: 20 } as const;
const READERS = 4;
/** Between two events of the writer. */
const WRITE_EVERY_MS = 10;

interface Stage {
  readonly log: FilledLog;
  /** Of the role that owns the tables, as the operator's command has it. */
  readonly owner: Pool;
}

/** A read model folded anew from the log, at rest and in use; beside Emmett's way, which empties it first. */
export const rebuild: WorkloadFile = async (bench) => {
  const stage = await startStage(bench);
  return [
    {
      name: 'rebuild',
      title: `a read model of ${stage.log.events} events and ${SIZE.streams} rows folded anew`,
      limit: 'what catching up takes, and one exchange of tables',
      contestants: [
        {
          name: 'recoup',
          setup: 'beside the live table, whose projector runs, and exchanged',
          run: () => folded(stage),
        },
        {
          name: 'recoup, in use',
          setup: `the same while ${READERS} readers ask for row after row, and events come one by one`,
          run: () => inUse(stage),
        },
        await emmettRebuild(bench, SIZE),
      ],
    },
  ];
};

/** A filled log with a read model that a projector keeps up to date. */
async function startStage(bench: BenchServers): Promise<Stage> {
  const role = 'recoup_gateway_follow';
  const log = await filledLog(bench, { role, ...SIZE });
  const owner = new Pool({ connectionString: log.adminUrl, max: 3 + READERS });
  bench.onEnd(() => owner.end());
  await owner.query("select rm.create_projection('bench', 1)");
  const connection = { connectionString: log.urlOf(role) };
  const notifications = listenToLog(connection);
  bench.onEnd(async () => notifications[Symbol.asyncDispose]());
  const stop = new AbortController();
  const onError = (error: unknown): void => console.error(error);
  const deps = { ...log, connection, notifications, projections: [benchProjection], onError };
  const projecting = projectShard(deps, log.shard, stop.signal);
  bench.onEnd(() => {
    stop.abort();
    return projecting;
  });
  while ((await seenIn(owner)) < log.events) await sleep(20);
  return { log, owner };
}

async function seenIn(owner: Pool): Promise<number> {
  const sum = "select coalesce(sum((doc ->> 'seen')::int), 0)::int as seen from rm.bench_v1";
  return (await owner.query<{ seen: number }>(sum)).rows[0]?.seen ?? 0;
}

async function folded({ log, owner }: Stage): Promise<Rate> {
  const begin = performance.now();
  const { events } = await rebuildProjection({
    ...{ pool: owner, store: log.store, projection: benchProjection },
  });
  const seconds = (performance.now() - begin) / 1000;
  if ((await seenIn(owner)) < log.events) throw new Error('events are missing in what was folded');
  return { figure: events / seconds };
}

async function inUse(stage: Stage): Promise<Rate> {
  const over = new AbortController();
  let read = 0;
  const reading = Array.from({ length: READERS }, async (_, n) => {
    const text = 'select doc from rm.bench_v1 where key = $1';
    for (let at = n; !over.signal.aborted; at = (at + READERS) % SIZE.streams, read += 1) {
      const { rows } = await stage.owner.query({ name: 'row', text, values: [`connection-${at}`] });
      if (rows.length !== 1) throw new Error('a reader found no row');
    }
  });
  const writing = write(stage.log, over.signal);
  const rate = await folded(stage);
  over.abort();
  await Promise.all([...reading, writing]);
  return { ...rate, note: `${read} rows read meanwhile, none missing` };
}

async function write({ store }: FilledLog, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const events = newEvents(1);
    const request = { tenantId: 'tenant-0', streamId: 'connection-0', events };
    const outcome = await store.append({ ...request, expected: 'any' });
    if (!outcome.ok) throw new Error(outcome.reason);
    await sleep(WRITE_EVERY_MS);
  }
}
