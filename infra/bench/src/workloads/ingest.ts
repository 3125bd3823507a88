import { Client } from 'pg';
import { plainLoop, type PlannedWindow } from '../ingest/plain-loop.js';
import { HEAP_MB, productSyncs } from '../ingest/product-sync.js';
import { NO_LIMITS, startAmazon } from '../ingest/simulated-amazon.js';
import type { BenchServers, Rate, Workload, WorkloadFile } from '../workload.js';

/** A seller's first sync without Amazon's limits: from the connection until every fact is stored. */
export const ingest: WorkloadFile = async (bench) => [
  await firstSync(bench, { orders: 10_000, repetitions: 5 }),
  await firstSync(bench, { orders: 100_000, repetitions: 2 }),
];

/** As `ingest`, of a million orders, once: not part of a run of everything, which it would double. */
export const ingestMillion: WorkloadFile = async (bench) => [
  await firstSync(bench, { orders: 1_000_000, repetitions: 1 }),
];

async function firstSync(
  bench: BenchServers,
  { orders, repetitions }: { orders: number; repetitions: number },
): Promise<Workload> {
  const origin = await startAmazon(bench, { orders, rateScale: NO_LIMITS });
  const product = productSyncs(bench, origin, { orders, rateScale: NO_LIMITS });
  return {
    name: `ingest-${orders.toLocaleString('en-US')}`,
    title: `orders a second of a first sync of ${orders.toLocaleString('en-US')} orders with all that claims need, at a simulated Amazon without limits`,
    limit:
      'the simulated Amazon makes what it answers on the same cores; Postgres writes each fact with two indexes',
    repetitions,
    contestants: [
      {
        name: 'recoup',
        setup: `the ingestion service as a process, a heap of at most ${HEAP_MB} MB whatever it reads`,
        run: () => product.first(),
      },
      {
        name: 'recoup-again',
        setup: 'all of it once more over the same facts; checked to store nothing',
        run: () => product.again(),
      },
      {
        name: 'plain-loop',
        setup:
          'the same windows by fetch, split and an insert of the JSON a page, one after another, without identity or checkpoint',
        run: () => byPlainLoop(bench, { origin, orders, adminUrl: product.adminUrl() }),
      },
    ],
  };
}

async function byPlainLoop(
  bench: BenchServers,
  { origin, orders, adminUrl }: { origin: string; orders: number; adminUrl: string },
): Promise<Rate> {
  const { windows, marketplaceIds } = await planOf(adminUrl);
  const databaseUrl = await bench.emptyDatabase();
  return plainLoop({ origin, marketplaceIds, windows, orders, databaseUrl });
}

/**
 * What the product read last: the loop is given the same. Fee estimates are left out, they are asked about what is known;
 * and months of which nothing is told yet, which the product closed where they begin.
 */
async function planOf(
  adminUrl: string,
): Promise<{ windows: readonly PlannedWindow[]; marketplaceIds: readonly string[] }> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows: windows } = await client.query<PlannedWindow>(
      `select route, basis, scope, from_at as "from", to_at as "to" from ingestion.sync_window
       where resource <> 'feeEstimates' and (basis = 'snapshot' or to_at > from_at) order by nth`,
    );
    const { rows } = await client.query<{ marketplaces: readonly { id: string }[] }>(
      'select marketplaces from ingestion.seller_account',
    );
    return { windows, marketplaceIds: (rows[0]?.marketplaces ?? []).map(({ id }) => id) };
  } finally {
    await client.end();
  }
}
