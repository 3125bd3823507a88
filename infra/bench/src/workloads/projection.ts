import { listenToLog } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { projectShard } from '@recoup/projections';
import { Client } from 'pg';
import { benchProjection, counted, type Document } from '../fold.js';
import { filledLog, type FilledLog } from '../filled-log.js';
import type { Rate, WorkloadFile } from '../workload.js';

const BATCH = 500;

/** Folds a shard of the log into a document per stream, from the beginning. */
export const projectionCatchUp: WorkloadFile = async (bench) => {
  const log = await filledLog(bench, {
    role: 'recoup_gateway_follow',
    streams: 2000,
    eventsPerStream: 20,
  });
  const connectionString = log.urlOf('recoup_gateway_follow');
  const notifications = listenToLog({ connectionString });
  bench.onEnd(async () => notifications[Symbol.asyncDispose]());
  const admin = new Client({ connectionString: log.adminUrl });
  await admin.connect();
  bench.onEnd(() => admin.end());
  await admin.query("select rm.create_projection('bench', 1)");
  const reset = async (): Promise<void> => {
    await admin.query('truncate rm.bench_v1');
    await admin.query("delete from rm.checkpoint where projection = 'bench_v1'");
  };

  const product = async (): Promise<void> => {
    const stop = new AbortController();
    const onError = (error: unknown): void => {
      console.error(error);
    };
    const deps = {
      ...log,
      connection: { connectionString },
      notifications,
      projections: [benchProjection],
      onError,
    };
    const running = projectShard(deps, log.shard, stop.signal);
    const checkpoint =
      "select position from rm.checkpoint where projection = 'bench_v1' and shard = $1";
    let at = 0;
    while (at < log.events) {
      await sleep(5);
      const { rows } = await log.pool.query<{ position: string }>(checkpoint, [log.shard]);
      at = Number(rows[0]?.position ?? 0);
    }
    stop.abort();
    await running;
  };

  const measured = async (work: () => Promise<void>): Promise<Rate> => {
    await reset();
    const begin = performance.now();
    await work();
    const elapsed = (performance.now() - begin) / 1000;
    const { rows } = await admin.query<{ seen: string }>(
      "select sum((doc ->> 'seen')::int) as seen from rm.bench_v1",
    );
    if (Number(rows[0]?.seen) !== log.events)
      throw new Error(`folded ${rows[0]?.seen} of ${log.events}`);
    return { figure: log.events / elapsed };
  };

  return [
    {
      name: 'projection',
      title: `catch-up over ${log.events} events of 2,000 streams`,
      limit:
        'reading and parsing rows of the log in this process; rows of the read model are written once per batch',
      contestants: [
        {
          name: 'recoup',
          setup: `libs/projections: ${BATCH} events a transaction, read, folded and written once per row`,
          run: () => measured(product),
        },
        {
          name: 'upsert per event',
          setup: `the same fold and batches of ${BATCH} a transaction, one read and one upsert per event`,
          run: () => measured(() => upsertEach(log)),
        },
      ],
    },
  ];
};

async function upsertEach({ pool, store, shard, events }: FilledLog): Promise<void> {
  const client = await pool.connect();
  try {
    for (let position = 0; position < events;) {
      const batch = await store.readShard(shard, position, BATCH);
      await client.query('begin');
      for (const event of batch) {
        const { rows } = await client.query<{ doc: Document }>({
          name: 'bench-load',
          text: 'select doc from rm.bench_v1 where tenant_id = $1 and key = $2',
          values: [event.tenantId, event.streamId],
        });
        const doc = counted(rows[0]?.doc ?? null, event.correlationId);
        await client.query({
          name: 'bench-upsert',
          text: `insert into rm.bench_v1 (tenant_id, key, doc, position) values ($1, $2, $3, $4)
            on conflict (tenant_id, key) do update set doc = excluded.doc, position = excluded.position`,
          values: [event.tenantId, event.streamId, JSON.stringify(doc), event.position],
        });
      }
      await client.query('commit');
      position += batch.length;
    }
  } finally {
    client.release();
  }
}
