import { openEventStore } from '@recoup/event-store';
import { systemClock } from '@recoup/kernel';
import { databaseUrl, openPool, openProgress, Output, runCommand } from '@recoup/service-kit';
import { pino } from 'pino';
import { z } from 'zod';
import { openReprocessJobs, sellersToReprocess } from './adapters/reprocess-jobs.js';
import { Stopping } from './lease.js';
import { openDeps } from './open-deps.js';
import { amountsOf, changeTable } from './reprocess/print-changes.js';
import { LEASE_MS, reprocessSeller } from './reprocess/reprocess-seller.js';
import type { Changes } from './reprocess/watch-changes.js';

const USAGE = `usage: npm run events -- reprocess --dry-run [--tenant TENANT] [--since DAY] [--json] [--rate N] [--after TENANT]
       npm run events -- reprocess (--tenant TENANT | --all-sellers) [--since DAY] [--json] [--rate N] [--after TENANT]

Runs today's detectors and policies over the facts that each seller's latest sync left, and prints what changes: claims that
are new, changed, withdrawn or expired, with their amounts before and after, and risks. Run again, nothing is left to change.

  --dry-run      prints only; nothing is written. All sellers are looked at where none is named
  --since DAY    only losses from this day on (YYYY-MM-DD); claims of earlier ones stay as they are
  --rate N       at most N products and orders a second
  --after TENANT goes on after this seller, where an earlier run was interrupted (sellers go in the order of their ids)
  --json         one line of JSON per seller that changes

It is the database of a running \`npm start\`, or the one that DATABASE_URL names with the working role of detection.
`;

const argumentsSchema = z
  .object({
    tenant: z.string().min(1).optional(),
    'all-sellers': z.boolean().default(false),
    since: z.iso.date('a day such as 2026-03-01').optional(),
    'dry-run': z.boolean().default(false),
    json: z.boolean().default(false),
    rate: z.coerce.number({ error: 'a number' }).positive().optional(),
    after: z.string().default(''),
    words: z.array(z.string()).max(0, 'reprocess takes options only'),
  })
  .refine((given) => given.tenant === undefined || !given['all-sellers'], {
    error: 'name one seller by --tenant, or --all-sellers, and not both',
  })
  .refine((given) => given.tenant !== undefined || given['all-sellers'] || given['dry-run'], {
    error: 'what is written needs a seller by --tenant, or --all-sellers',
  });

/** 0: done; 130: interrupted. */
async function reprocess(
  given: z.infer<typeof argumentsSchema>,
  signal: AbortSignal,
): Promise<number> {
  const url = databaseUrl(process.env, 'DATABASE_URL');
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'error' }, pino.destination(2));
  const pool = openPool({ url, name: 'reprocess', log });
  const store = openEventStore(pool);
  const detection = openDeps({ store, clock: systemClock, log, pool });
  const jobs = openReprocessJobs(pool, LEASE_MS);
  const terms = {
    ...{ since: given.since ?? null, dryRun: given['dry-run'] },
    ...{ rate: given.rate ?? null, signal },
  };
  let done = given.after;
  const output = new Output();
  const progress = openProgress({ label: 'reprocess', unit: 'sellers', json: given.json });
  try {
    const query = { only: given.tenant ?? null, after: given.after };
    const sellers = await sellersToReprocess(pool, query);
    if (sellers.length === 0) process.stderr.write('No such seller has synced.\n');
    for (const [index, basis] of sellers.entries()) {
      const { tenantId } = basis;
      progress.show(index, sellers.length, tenantId);
      const changes = await reprocessSeller({ jobs, detection }, basis, terms);
      done = tenantId;
      progress.clear();
      await output.write(text(tenantId, changes, given.json));
    }
    if (sellers.length > 0) progress.show(sellers.length, sellers.length);
    return 0;
  } catch (error) {
    if (!(error instanceof Stopping)) throw error;
    progress.clear();
    process.stderr.write(`Interrupted. Go on with: --after '${done}'\n`);
    return 130;
  } finally {
    progress.end();
    await pool.end();
  }
}

function text(tenant: string, changed: Changes, json: boolean): string {
  const { claims: changes, risks } = changed;
  if (changes.length + risks.length === 0) return '';
  const told = { tenant, changes, ...amountsOf(changes), risks };
  return json ? `${JSON.stringify(told)}\n` : changeTable(tenant, changed);
}

await runCommand({
  usage: USAGE,
  options: {
    tenant: { type: 'string' },
    'all-sellers': { type: 'boolean' },
    since: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    rate: { type: 'string' },
    after: { type: 'string' },
  },
  schema: argumentsSchema,
  run: reprocess,
});
