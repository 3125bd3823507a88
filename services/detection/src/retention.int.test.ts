import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { latestFacts } from './adapters/jobs.js';
import { retentionRules } from './retention.js';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_detection_follow') });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

interface Detection {
  readonly id: string;
  readonly tenant: string;
  readonly trigger: 'sync' | 'manual' | 'reprocess';
  readonly state: 'waiting' | 'done' | 'failed';
  readonly days: number;
  readonly facts?: number;
}

async function detection({ id, tenant, trigger, state, days, facts = 1 }: Detection) {
  await pool.query(
    `insert into detection.job (detection_id, tenant_id, trigger, facts_as_of, as_of, coverage, cause, state, created_at)
     values ($1, $2, $3, $4, now(), '{}', '{}', $5, now() - $6 * interval '1 day')`,
    [id, tenant, trigger, facts, state, days],
  );
}

it('given ended detections, then those past their days go, but for the latest of a sync', async () => {
  await detection({ id: 'first', tenant: 'a', trigger: 'sync', state: 'done', days: 300 });
  await detection({ id: 'failed', tenant: 'a', trigger: 'sync', state: 'failed', days: 91 });
  await detection({ id: 'stuck', tenant: 'a', trigger: 'sync', state: 'waiting', days: 91 });
  await detection({ id: 'by hand', tenant: 'a', trigger: 'manual', state: 'done', days: 91 });
  await detection({ id: 'recent', tenant: 'a', trigger: 'sync', state: 'done', days: 89 });
  await detection({ id: 'only', tenant: 'b', trigger: 'sync', state: 'done', days: 900, facts: 7 });
  await detection({ id: 'again', tenant: 'b', trigger: 'reprocess', state: 'done', days: 800 });
  for (const { text, values } of retentionRules({ DETECTION_KEEP_DAYS: 90 })) {
    while ((await pool.query(text, [2, ...values()])).rowCount);
  }
  const { rows } = await pool.query<{ detection_id: string }>(
    'select detection_id from detection.job order by detection_id',
  );
  expect(rows.map((row) => row.detection_id)).toEqual(['only', 'recent', 'stuck']);
  const client = await pool.connect();
  expect(await latestFacts(client, 'b')).toMatchObject({ factsAsOf: 7 });
  client.release();
});
