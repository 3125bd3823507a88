import type { Event } from '@event-driven-io/emmett';
import {
  getPostgreSQLEventStore,
  pongoSingleStreamProjection,
  rebuildPostgreSQLProjections,
} from '@event-driven-io/emmett-postgresql';
import { Client } from 'pg';
import { counted } from '../fold.js';
import type { BenchServers, Contestant } from '../workload.js';
import { emmettEvents } from './emmett.js';

type Connected = Event<'sync.amazon_connected', Record<string, unknown>, { correlationId: string }>;
// A type, not an interface: Pongo wants documents with an index signature.
type Folded = { seen: number; last: string };

/** As ours. */
const BATCH = 500;

/** Emmett's rebuild of a document per stream: it empties the collection, and folds it from the beginning. */
export async function emmettRebuild(
  bench: BenchServers,
  { streams, eventsPerStream }: { streams: number; eventsPerStream: number },
): Promise<Contestant> {
  const projection = pongoSingleStreamProjection<Folded, Connected>({
    collectionName: 'bench',
    canHandle: ['sync.amazon_connected'],
    evolve: (before: Folded | null, { metadata }: Connected) => ({
      ...counted(before, metadata.correlationId),
    }),
  });
  const connectionString = await bench.emptyDatabase();
  const store = getPostgreSQLEventStore(connectionString);
  bench.onEnd(() => store.close());
  for (let n = 0; n < streams; n += 1)
    await store.appendToStream(`connection-${n}`, emmettEvents(eventsPerStream));
  const admin = new Client({ connectionString });
  await admin.connect();
  bench.onEnd(() => admin.end());
  return {
    name: 'Emmett 0.42, emptied first',
    setup: `rebuildPostgreSQLProjections over a Pongo projection, batches of ${BATCH}, no pause between them`,
    async run() {
      // It would empty the collection, and go on from where it last was.
      await admin.query('delete from emt_processors');
      const begin = performance.now();
      const consumer = rebuildPostgreSQLProjections<Connected>({
        ...{ connectionString, projections: [projection] },
        pulling: { batchSize: BATCH, pullingFrequencyInMs: 0 },
      });
      await consumer.start();
      await consumer.close();
      const seconds = (performance.now() - begin) / 1000;
      const { rows } = await admin.query<{ seen: number }>(
        "select sum((data ->> 'seen')::int)::int as seen from bench",
      );
      const events = streams * eventsPerStream;
      if (rows[0]?.seen !== events) throw new Error(`Emmett folded ${rows[0]?.seen} of ${events}`);
      return { figure: events / seconds };
    },
  };
}
