import { newId } from '@recoup/kernel';
import { createDatabase, testClock, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEndedSessions } from './adapters/ended-sessions.js';
import { openKeptAnswers } from './adapters/kept-answers.js';
import { openOauthStates } from './adapters/oauth-states.js';
import { retentionRules } from './retention.js';

const clock = testClock('2026-11-20T10:00:00Z');
let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_gateway_follow') });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Sweeps in portions of one row, and answers how many each table has left. */
async function sweep(): Promise<Record<string, number>> {
  const left: Record<string, number> = {};
  for (const { table, text, values } of retentionRules({ IDEMPOTENCY_KEEP_HOURS: 24 }, clock)) {
    while ((await pool.query(text, [1, ...values()])).rowCount);
    left[table] = (await pool.query(`select from ${table}`)).rowCount ?? -1;
  }
  return left;
}

it('given that no request comes any more, then what has run out goes all the same, and nothing else', async () => {
  const states = openOauthStates(pool, clock);
  const nobody = { tenantId: null, frontend: null };
  for (let n = 0; n < 3; n += 1) await states.begin(nobody);
  const ended = openEndedSessions(pool, clock);
  const inMinutes = (minutes: number): Date => new Date(clock.now().getTime() + minutes * 60_000);
  await ended.add({ id: 'short', expiresAt: inMinutes(10) });
  await ended.add({ id: 'long', expiresAt: inMinutes(60) });
  const answers = openKeptAnswers(pool, 24);
  for (const hours of [23.9, 24.1, 100]) {
    const id = newId();
    await answers.claim({ id, tenantId: 'tenant-1', fingerprint: 'asked' });
    await pool.query(
      `update gateway.kept_answer set claimed_at = now() - $2 * interval '1 hour' where id = $1`,
      [id, hours],
    );
  }
  expect(await sweep()).toEqual({
    'gateway.kept_answer': 1,
    'gateway.ended_session': 2,
    'gateway.oauth_state': 3,
  });
  clock.advance(10 * 60_000 + 1);
  const consent = await states.begin(nobody);
  expect(await sweep()).toMatchObject({ 'gateway.ended_session': 1, 'gateway.oauth_state': 1 });
  expect(await states.use(consent)).toEqual(nobody);
  await ended.refresh();
  expect([ended.has('short'), ended.has('long')]).toEqual([false, true]);
});
