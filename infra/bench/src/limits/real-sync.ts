import { streams } from '@recoup/contracts';
import { openEventStore } from '@recoup/event-store';
import { Pool } from 'pg';
import { productSyncs } from '../ingest/product-sync.js';
import { startAmazon, type SimulatedSeller } from '../ingest/simulated-amazon.js';
import type { BenchServers } from '../workload.js';
import { callsOf, outcomeOf, type Outcome } from './outcome.js';

/** A first sync by the running service, under real time: Amazon's limits so many times faster, everything else as it is. */
export async function realSync(bench: BenchServers, seller: SimulatedSeller): Promise<Outcome> {
  const origin = await startAmazon(bench, seller);
  const syncs = productSyncs(bench, origin, seller);
  await syncs.first();
  const pool = new Pool({ connectionString: syncs.adminUrl(), max: 1 });
  try {
    const { rows } = await pool.query<{ tenant_id: string; sync_id: string }>(
      'select tenant_id, sync_id from ingestion.job',
    );
    const [job] = rows;
    if (!job) throw new Error('no sync was asked for');
    const events = await openEventStore(pool).readStream(job.tenant_id, streams.sync(job.sync_id));
    const { orders, rateScale: scale } = seller;
    return outcomeOf({ orders, scale }, events, await callsOf(origin));
  } finally {
    await pool.end();
  }
}
