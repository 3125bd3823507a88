import { createDatabase } from '@recoup/testkit';
import { expect, it } from 'vitest';
import { simulateSync } from './simulate-sync.js';

it('given 2,500 orders under the published limits, then a first sync is as fast as they allow and says so', async () => {
  const database = await createDatabase();
  const outcome = await simulateSync({
    orders: 2500,
    route: 'auto',
    databaseUrl: database.urlOf('recoup_ingestion_follow'),
    countOnly: false,
  });
  await database.drop();
  expect([...outcome.throttled]).toEqual([]);
  expect(outcome.counted['orders']).toBe(2500);
  expect(outcome.seconds / outcome.optimum).toBeLessThanOrEqual(1.02);
  expect(outcome.forecast).toBeGreaterThanOrEqual(0.9);
  expect(outcome.forecast).toBeLessThanOrEqual(1.1);
}, 300_000);
