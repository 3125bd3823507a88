import type { IngestionSettings } from '@recoup/ingestion';
import { startServers } from '../servers.js';
import { realSync } from './real-sync.js';
import { simulateSync } from './simulate-sync.js';
import { limitsTable, type SimulatedRoute } from './table.js';

/** What is simulated unless something else is asked for: sizes, and the routes tried beside the plan's own choice. */
const CASES: readonly (readonly [orders: number, routes: readonly Route[]])[] = [
  [2500, ['auto', 'api', 'reports', 'v0']],
  [50_000, ['auto', 'api', 'reports', 'v0']],
  // By its pages a million takes weeks even here: a call each for a million orders.
  [1_000_000, ['auto']],
];
type Route = IngestionSettings['SYNC_ROUTE'];

/** Above so many orders most facts are counted and not stored: the storing is measured elsewhere. */
const STORED_UP_TO = 2500;

/** The real run beside the simulated ones: an hour of Amazon's limits in a minute. */
const REAL = { orders: 2500, rateScale: 60 } as const;

/**
 * `npm run simulate`, `npm run simulate -- <orders> [route…]`, or `npm run simulate -- real` for the running service under
 * real time. Prints a table in Markdown.
 */
async function main([orders, ...routes]: readonly string[]): Promise<void> {
  await using servers = await startServers({ durable: orders === 'real' });
  if (orders === 'real') {
    const outcome = await realSync(servers, REAL);
    console.log(limitsTable([{ ...outcome, asked: `auto, for real, ${REAL.rateScale} times` }]));
    return;
  }
  const cases =
    orders === undefined
      ? CASES
      : [[Number(orders), routes.length > 0 ? (routes as Route[]) : (['auto'] as const)] as const];
  const rows: SimulatedRoute[] = [];
  for (const [size, asked] of cases) {
    for (const route of asked) {
      const { urlOf } = await servers.database();
      const startedAt = performance.now();
      const outcome = await simulateSync({
        orders: size,
        route,
        databaseUrl: urlOf('recoup_ingestion_follow'),
        countOnly: size > STORED_UP_TO,
      });
      rows.push({ ...outcome, asked: route });
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      console.error(`${size} orders by ${route}: simulated in ${seconds} s`);
    }
  }
  console.log(limitsTable(rows));
}

await main(process.argv.slice(2));
