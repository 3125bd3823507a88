import type { RecordedEvent } from '@recoup/contracts';
import {
  createDatabase,
  eventually,
  natsServer,
  someEvents,
  type NatsServer,
  type TestDatabase,
} from '@recoup/testkit';
import { Pool } from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consume } from './consume.js';
import { parkedCounts, parkedStreamsOf } from './parked-streams.js';
import { redriveParked, waitForRedriven } from './redrive-parked.js';
import { openService, type RunningService } from './service.js';

const TENANT = 'tenant-parked';
const CONSUMER = 'detection';
const GENEROUS_MS = 60_000;

let database: TestDatabase;
let nats: NatsServer;
let admin: Pool;
let operator: Pool;
let services: RunningService[];
/** Streams whose second event cannot be digested. */
let poisoned: Set<string>;

async function start(): Promise<RunningService> {
  const service = await openService(
    CONSUMER,
    {
      DATABASE_URL: database.urlOf('recoup_detection_follow'),
      NATS_URL: nats.url,
      NATS_REPLICAS: 1,
      OPS_PORT: 0,
      LOG_LEVEL: 'silent',
    },
    pino({ level: 'silent' }),
  );
  services.push(service);
  return service;
}

/** Writes down the event, then refuses it when it is poisoned: what was written must be undone. */
function consumeInto(service: RunningService): void {
  consume(service, {
    types: ['sync.amazon_disconnected'],
    async handle({ position, streamId, streamVersion }: RecordedEvent, tx) {
      await tx.query('insert into public.effect (position, stream_id) values ($1, $2)', [
        position,
        streamId,
      ]);
      if (poisoned.has(streamId) && streamVersion === 2) throw new Error(`poison in ${streamId}`);
    },
  });
}

async function append(service: RunningService, streamId: string, count: number): Promise<void> {
  const events = someEvents(count);
  await service.store.append({ tenantId: TENANT, streamId, expected: 'any', events });
}

async function effects(streamId: string): Promise<number[]> {
  const { rows } = await admin.query<{ position: string }>(
    'select position from public.effect where stream_id = $1 order by at',
    [streamId],
  );
  return rows.map(({ position }) => Number(position));
}

/** As after eight tries, without the minutes that those take. */
async function giveUp(): Promise<void> {
  await eventually(async () => {
    await admin.query(
      'update consumer.parked set attempts = 8, next_try = null where attempts > 0',
    );
    const { rows } = await admin.query('select from consumer.parked where next_try is not null');
    return rows.length === 0;
  });
}

const soon = (): AbortSignal => AbortSignal.timeout(GENEROUS_MS);

describe('an operator of parked events', () => {
  beforeAll(async () => {
    nats = await natsServer();
  });
  afterAll(() => nats[Symbol.asyncDispose]());

  beforeEach(async () => {
    database = await createDatabase();
    admin = new Pool({ connectionString: database.adminUrl });
    operator = new Pool({ connectionString: database.urlOf('recoup_detection_follow') });
    await admin.query(`create table public.effect (at bigint generated always as identity, position bigint, stream_id text);
      grant insert on public.effect to recoup_detection_follow`);
    services = [];
    poisoned = new Set(['connection-bad', 'connection-worse']);
  });
  afterEach(async () => {
    await Promise.all(services.map((service) => service.stop()));
    await Promise.all([admin.end(), operator.end()]);
    await database.drop();
    await nats.wipe();
    await nats.restart();
  });

  it('sees each parked stream with what waits behind it, and re-drives it in order once it is mended', async () => {
    const service = await start();
    consumeInto(service);
    await append(service, 'connection-bad', 4); // positions 1 to 4
    await append(service, 'connection-worse', 3); // 5 to 7
    await append(service, 'connection-good', 3); // 8 to 10
    await eventually(async () => expect(await effects('connection-good')).toEqual([8, 9, 10]));
    await giveUp();
    const [bad, worse] = await parkedStreamsOf(operator);
    expect(bad).toMatchObject({
      ...{ consumer: CONSUMER, tenantId: TENANT, streamId: 'connection-bad', position: 2 },
      ...{ type: 'sync.amazon_disconnected', attempts: 8, error: 'poison in connection-bad' },
      ...{ nextTry: null, waiting: 2 },
    });
    expect(worse).toMatchObject({ streamId: 'connection-worse', position: 6, waiting: 1 });
    expect(await parkedCounts(operator)).toEqual([
      { consumer: CONSUMER, streams: 2, events: 5, givenUp: 2 },
    ]);

    // Still poisoned: one try, and it is the operator's again.
    const streamId = 'connection-bad';
    const [before] = await redriveParked(operator, { streamId });
    expect(await waitForRedriven(operator, before!, soon())).toMatchObject({
      outcome: 'failed',
      now: { position: 2, attempts: 9, nextTry: null },
    });
    expect(await effects(streamId)).toEqual([1]);

    poisoned.delete(streamId);
    const [again] = await redriveParked(operator, { streamId });
    await append(service, streamId, 2); // 11 and 12, while the stream is re-driven
    expect(await waitForRedriven(operator, again!, soon())).toEqual({ outcome: 'flows' });
    await eventually(async () => expect(await effects(streamId)).toEqual([1, 2, 3, 4, 11, 12]));
    expect(await effects('connection-worse')).toEqual([5]);
    expect(await parkedStreamsOf(operator)).toMatchObject([{ streamId: 'connection-worse' }]);
  });

  it('re-drives all streams, each effect once, also while two instances believe to be the one', async () => {
    const [one, two] = [await start(), await start()];
    consumeInto(one);
    consumeInto(two);
    for (const streamId of poisoned) await append(one, streamId, 30);
    await eventually(async () => {
      const [count] = await parkedCounts(operator);
      return count?.streams === 2 && count.events === 58;
    });
    await giveUp();
    poisoned.clear();
    const marked = await redriveParked(operator, { consumer: CONSUMER });
    expect(marked).toHaveLength(2);
    await Promise.all([redriveParked(operator, {}), redriveParked(operator, {})]);
    for (const before of marked) {
      expect(await waitForRedriven(operator, before, soon())).toEqual({ outcome: 'flows' });
    }
    const all = Array.from({ length: 60 }, (_, index) => index + 1);
    expect([...(await effects('connection-bad')), ...(await effects('connection-worse'))]).toEqual(
      all,
    );
    expect(await parkedCounts(operator)).toEqual([]);
  });

  it('is told when nobody has come to it: the service is away, and tries when it is back', async () => {
    const first = await start();
    consumeInto(first);
    await append(first, 'connection-bad', 2);
    await eventually(async () => expect(await parkedStreamsOf(operator)).toHaveLength(1));
    await first.stop();
    await giveUp();
    const [before] = await redriveParked(operator, {});
    expect(await waitForRedriven(operator, before!, AbortSignal.timeout(1))).toMatchObject({
      outcome: 'untried',
    });
    poisoned.clear();
    consumeInto(await start());
    expect(await waitForRedriven(operator, before!, soon())).toEqual({ outcome: 'flows' });
    expect(await effects('connection-bad')).toEqual([1, 2]);
  });

  it('finds nothing where nothing is parked', async () => {
    expect(await parkedStreamsOf(operator)).toEqual([]);
    expect(await parkedCounts(operator)).toEqual([]);
    expect(await redriveParked(operator, { streamId: 'connection-unknown' })).toEqual([]);
  });
});
