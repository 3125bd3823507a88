import { parseArgs } from 'node:util';
import { openEventStore } from '@recoup/event-store';
import { AppError, messageOf, systemClock } from '@recoup/kernel';
import { openPool } from '@recoup/service-kit';
import { pino } from 'pino';
import { z } from 'zod';
import { openReprocessJobs, sellersToReprocess } from './adapters/reprocess-jobs.js';
import { Stopping } from './lease.js';
import { NO_DATABASE } from './no-database.js';
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
    'all-sellers': z.boolean(),
    since: z.iso.date().optional(),
    'dry-run': z.boolean(),
    json: z.boolean(),
    rate: z.coerce.number().positive().optional(),
    after: z.string().default(''),
  })
  .refine((given) => given.tenant === undefined || !given['all-sellers'], {
    error: 'name one seller by --tenant, or --all-sellers, and not both',
  })
  .refine((given) => given.tenant !== undefined || given['all-sellers'] || given['dry-run'], {
    error: 'what is written needs a seller by --tenant, or --all-sellers',
  });

/** 0: done; 130: interrupted; 2: it could not be tried. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      tenant: { type: 'string' },
      'all-sellers': { type: 'boolean', default: false },
      since: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      rate: { type: 'string' },
      after: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const read = argumentsSchema.safeParse(values);
  if (values.help || !read.success) {
    process.stderr.write(
      values.help ? USAGE : `${read.error?.issues[0]?.message ?? ''}\n\n${USAGE}`,
    );
    return values.help ? 0 : 2;
  }
  const url = process.env['DATABASE_URL'];
  if (url) return reprocess(url, read.data);
  process.stderr.write(NO_DATABASE);
  return 2;
}

async function reprocess(url: string, given: z.infer<typeof argumentsSchema>): Promise<number> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'error' }, pino.destination(2));
  const pool = openPool({ url, name: 'reprocess', log });
  const store = openEventStore(pool);
  const detection = openDeps({ store, clock: systemClock, log, pool });
  const jobs = openReprocessJobs(pool, LEASE_MS);
  const terms = {
    ...{ since: given.since ?? null, dryRun: given['dry-run'] },
    ...{ rate: given.rate ?? null, signal: stop.signal },
  };
  let done = given.after;
  try {
    const query = { only: given.tenant ?? null, after: given.after };
    const sellers = await sellersToReprocess(pool, query);
    if (sellers.length === 0) process.stderr.write('No such seller has synced.\n');
    for (const [index, basis] of sellers.entries()) {
      const { tenantId } = basis;
      process.stderr.write(`${index + 1} of ${sellers.length}: ${tenantId}\n`);
      const changes = await reprocessSeller({ jobs, detection }, basis, terms);
      done = tenantId;
      print(tenantId, changes, given.json);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Stopping)) throw error;
    process.stderr.write(`Interrupted. Go on with: --after '${done}'\n`);
    return 130;
  } finally {
    await pool.end();
  }
}

function print(tenant: string, changed: Changes, json: boolean): void {
  const { claims: changes, risks } = changed;
  if (changes.length + risks.length === 0) return;
  const told = { tenant, changes, ...amountsOf(changes), risks };
  process.stdout.write(json ? `${JSON.stringify(told)}\n` : changeTable(tenant, changed));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // An option that does not exist, or a database that is away: whoever called needs the words, not the stack.
  if (!(error instanceof AppError || error instanceof TypeError)) throw error;
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
