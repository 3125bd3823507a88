import { createDatabase, type TestDatabase } from '@recoup/testkit';
import { newId } from '@recoup/kernel';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeptAnswers, type KeptAnswers, type KeyUse } from './kept-answers.js';

let database: TestDatabase;
let pool: Pool;
let answers: KeptAnswers;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_gateway_follow') });
  pool.on('error', () => undefined);
  answers = openKeptAnswers(pool, 24);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const use = (): KeyUse => ({ id: newId(), tenantId: 'tenant-1', fingerprint: 'asked' });

/** Takes a key that is free. */
async function claimed(keyUse: KeyUse, from = answers): Promise<string> {
  const outcome = await from.claim(keyUse);
  if (outcome.outcome !== 'claimed') throw new Error(`was ${outcome.outcome}`);
  return outcome.claim;
}

describe('a key that a request holds', () => {
  it('given that it answers, then the one that waits gets the answer', async () => {
    const keyUse = use();
    const claim = await claimed(keyUse);
    const waiting = answers.claim(keyUse);
    await answers.keep(claim, { status: 200, body: '{"a":1}' });
    expect(await waiting).toEqual({
      outcome: 'answered',
      answer: { status: 200, body: '{"a":1}' },
    });
  });

  it('given that it is refused, then the one that waits runs', async () => {
    const keyUse = use();
    const claim = await claimed(keyUse);
    const waiting = answers.claim(keyUse);
    await answers.release(claim);
    expect(await waiting).toMatchObject({ outcome: 'claimed' });
  });

  it('given another request meanwhile, then it need not wait to be told', async () => {
    const keyUse = use();
    await claimed(keyUse);
    expect(await answers.claim({ ...keyUse, fingerprint: 'other' })).toEqual({ outcome: 'reused' });
  });

  it('given that it died, then the next takes its place, and it can change nothing any more', async () => {
    const impatient = openKeptAnswers(pool, 24, 0);
    const keyUse = use();
    const lost = await claimed(keyUse, impatient);
    const next = await claimed(keyUse, impatient);
    await answers.release(lost);
    await answers.keep(lost, { status: 200, body: 'lost' });
    await answers.keep(next, { status: 200, body: 'next' });
    expect(await answers.claim(keyUse)).toMatchObject({ answer: { body: 'next' } });
  });
});

it('given a day, then the answer counts no more, and the key is free also for another request', async () => {
  const keyUse = use();
  await answers.keep(await claimed(keyUse), { status: 200, body: '{}' });
  const age = (hours: number) =>
    pool.query(
      `update gateway.kept_answer set claimed_at = now() - $2 * interval '1 hour' where id = $1`,
      [keyUse.id, hours],
    );
  await age(23.9);
  expect(await answers.claim(keyUse)).toMatchObject({ outcome: 'answered' });
  await age(24.1);
  const other = { ...keyUse, fingerprint: 'other' };
  expect(await answers.claim(other)).toMatchObject({ outcome: 'claimed' });
  expect(await answers.claim(keyUse)).toEqual({ outcome: 'reused' });
});
