import { statSync } from 'node:fs';
import { LOGIN_ROLES, migrate, roleUrl } from '@recoup/migrate';
import { eventually, postgresServer, type PostgresServer } from '@recoup/testkit';
import { inTransaction } from '@recoup/event-store';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addSellers, makeAllDue, tenantOf } from '../../infra/bench/src/scale/many-sellers.js';
import { latestFacts, openJobs } from '../../services/detection/src/adapters/jobs.js';
import { leaseWork } from '../../services/evidence/src/adapters/due-work.js';
import { leaseFiling } from '../../services/evidence/src/adapters/filings.js';
import {
  takeAnswerLooks,
  takeDeadlineLooks,
} from '../../services/evidence/src/adapters/followed-claims.js';
import { loadCovered } from '../../services/ingestion/src/jobs/coverage-so-far.js';
import { takeJob } from '../../services/ingestion/src/jobs/lease.js';
import { dueSellers } from '../../services/ingestion/src/schedule/due-sellers.js';
import { plansIn, TELL_PLANS, type RanQuery } from './scale/plans.js';

const SELLERS = 10_000;
/** Rows that any look may touch, whatever the number of sellers. */
const MOST = 500;
const PASSWORD = 'scale';
/** After it all plans before it have been written to the server's log. */
const MARK = 'select count(*) as mark from log.shard';

let postgres: PostgresServer;
let admin: Pool;
const pools: Pool[] = [];

/** A pool of a service's own role, whose plans the server tells. */
function poolOf(service: string): Pool {
  const url = roleUrl(postgres.adminUrl, `recoup_${service}_follow`, PASSWORD);
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on('error', () => undefined);
  pools.push(pool);
  return pool;
}

/** Runs the work of a service, and answers which of its statements ran and what they touched. */
async function touched(
  service: string,
  work: (pool: Pool) => Promise<unknown>,
): Promise<readonly RanQuery[]> {
  const from = statSync(postgres.logFile).size;
  const pool = poolOf(service);
  await work(pool);
  await pool.query(MARK);
  return eventually(() => {
    const ran = plansIn(postgres.logFile, from);
    return ran.some(({ text }) => text === MARK) ? ran.filter(({ text }) => text !== MARK) : null;
  });
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await work();
}

beforeAll(async () => {
  postgres = await postgresServer();
  const passwords = Object.fromEntries(LOGIN_ROLES.map((role) => [role, PASSWORD]));
  await migrate({ adminUrl: postgres.adminUrl, passwords });
  admin = new Pool({ connectionString: postgres.adminUrl, max: 1 });
  await addSellers(admin, { from: 1, count: SELLERS });
  await makeAllDue(admin);
  for (const setting of TELL_PLANS) await admin.query(`alter database postgres ${setting}`);
}, 180_000);

afterAll(async () => {
  await Promise.all([...pools, admin].map((pool) => pool?.end()));
  await postgres?.[Symbol.asyncDispose]();
});

describe(`given ${SELLERS} sellers of whom everything is due at once`, () => {
  const looks: readonly [string, string, (pool: Pool) => Promise<unknown>][] = [
    ['whose sync is due', 'ingestion', (pool) => dueSellers(pool, new Date(), 100)],
    ['a sync to work on', 'ingestion', (pool) => times(40, () => takeJob(pool, 'worker', 60))],
    ['what is closed already', 'ingestion', (pool) => loadCovered(pool, tenantOf(77))],
    ['a detection', 'detection', (pool) => times(40, () => openJobs(pool, 60_000).lease('worker'))],
    [
      'what the last sync brought',
      'detection',
      async (pool) => inTransaction(pool, (tx) => latestFacts(tx, tenantOf(77))),
    ],
    [
      'a claim to validate',
      'evidence',
      (pool) => times(40, () => leaseWork(pool, { kind: 'validation', limit: 8, seconds: 60 })),
    ],
    ['a claim to file', 'evidence', (pool) => times(3, () => leaseFiling(pool, 'sandbox', 60))],
    ['an answer to ask for', 'evidence', (pool) => times(9, () => takeAnswerLooks(pool, 16))],
    [
      'a last day to think of',
      'evidence',
      (pool) => times(9, () => takeDeadlineLooks(pool, { now: new Date(), limit: 16 })),
    ],
  ];

  it.each(looks)('when %s is looked for, then no table is read and few rows', async (...look) => {
    const [what, service, work] = look;
    const ran = await touched(service, work);
    expect(ran.length).toBeGreaterThan(0);
    process.stdout.write(`${what}: at most ${Math.max(...ran.map(({ rows }) => rows))} rows\n`);
    for (const { text, rows, scanned } of ran) {
      expect({ text, scanned: [...scanned] }).toEqual({ text, scanned: [] });
      expect({ text, few: rows <= MOST, rows }).toMatchObject({ text, few: true });
    }
  });
});
