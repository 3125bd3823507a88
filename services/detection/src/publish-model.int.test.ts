import { streams, SYSTEM_TENANT } from '@recoup/contracts';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { createDatabase, type TestDatabase } from '@recoup/testkit';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claimModelFile } from './domain/score/model.js';
import { publishModel } from './publish-model.js';

let database: TestDatabase;
let pool: pg.Pool;
let store: EventStore;
const clock = { now: () => new Date('2026-11-21T20:00:00Z') };
beforeAll(async () => {
  database = await createDatabase();
  pool = new pg.Pool({ connectionString: database.urlOf('recoup_detection_follow') });
  store = openEventStore(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const versions = async () => {
  const events = await store.readStream(SYSTEM_TENANT, streams.model('claims'));
  return events.map(({ data }) => ('modelVersion' in data ? data.modelVersion : null));
};
const publish = (version: string) => publishModel({ store, clock }, { ...claimModelFile, version });

it('a version is published once, however many processes start with it, and again when it comes back', async () => {
  await Promise.all([publish('one'), publish('one'), publish('one')]);
  expect(await versions()).toEqual(['one']);
  await publish('two');
  await publish('two');
  expect(await versions()).toEqual(['one', 'two']);
  await publish('one');
  expect(await versions()).toEqual(['one', 'two', 'one']);
});
