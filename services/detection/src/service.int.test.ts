import { streams, type EventData, type EventType } from '@recoup/contracts';
import { eventOf, fromCommand, requestDetection } from '@recoup/domain';
import { derivedName, newName } from '@recoup/kernel';
import { createDatabase, eventually, natsServer } from '@recoup/testkit';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAssertions } from './adapters/assertions.js';
import { openRunningDetection, type RunningDetection } from '../test/running-detection.js';

const DAY = '2026-09-01';
/** A busy machine needs long to start a service. */
const LONG = { timeoutMs: 50_000 };

let running: RunningDetection;
let detection: pg.Pool;

beforeAll(async () => {
  const [database, nats] = await Promise.all([createDatabase(), natsServer()]);
  running = await openRunningDetection(database, nats);
  detection = new pg.Pool({ connectionString: running.url });
});

afterAll(async () => {
  await detection.end();
  await running[Symbol.asyncDispose]();
});

/** Appends what the seller says, and answers the id of the event. */
async function says<T extends EventType>(
  tenantId: string,
  streamId: string,
  [type, data]: readonly [T, EventData<T>],
): Promise<string> {
  const event = eventOf(type, data, { cause: fromCommand('user:u', new Date()) });
  await running.store.append({ tenantId, streamId, expected: 'any', events: [event] });
  return event.id;
}

async function typesIn(tenantId: string, detectionId: string): Promise<string[]> {
  const events = await running.store.readStream(tenantId, streams.detection(detectionId));
  return events.map(({ type }) => type);
}

async function claims(tenantId: string): Promise<{ streams: number; events: number }> {
  const { rows } = await detection.query<{ streams: string; events: string }>(
    `select count(distinct stream_id) as streams, count(*) as events from log.event
     where tenant_id = $1 and type like 'claim.%' and stream_id like 'claim-%'`,
    [tenantId],
  );
  return { streams: Number(rows[0]?.streams), events: Number(rows[0]?.events) };
}

describe('given the detection service', () => {
  it('when a sync completes, then its claims are found and the detection says how many', async () => {
    const service = await running.start();
    const tenantId = newName('tenant');
    const syncId = await running.syncOf(tenantId, 3);
    const [begun, completed] = await running.ended(tenantId, syncId);
    expect(begun).toMatchObject({
      type: 'claim.detection_started',
      data: { syncId, trigger: 'sync' },
    });
    expect(completed).toMatchObject({
      type: 'claim.detection_completed',
      causationId: begun?.id,
      correlationId: begun?.correlationId,
      data: { claims: { open: 3, new: 3 }, amountUnknown: 3 },
    });
    expect(await claims(tenantId)).toEqual({ streams: 3, events: 3 });
    expect(await service.stop()).toEqual({ code: 0, signal: null });
  });

  it('when the seller asks, then what the latest sync brought is looked through once more', async () => {
    const service = await running.start();
    const tenantId = newName('tenant');
    await running.ended(tenantId, await running.syncOf(tenantId, 2));
    const detectionId = newName('detection');
    const decision = requestDetection({ tenantId, detectionId }, fromCommand('user:u', new Date()));
    await running.store.append(decision);
    const wanted = ['requested', 'started', 'completed'].map((word) => `claim.detection_${word}`);
    await eventually(async () => (await typesIn(tenantId, detectionId)).length === 3, LONG);
    expect(await typesIn(tenantId, detectionId)).toEqual(wanted);
    const [key] = decision.take ?? [];
    expect(await running.store.reservationOwner(tenantId, key ?? '')).toBeNull();
    await service.stop();
  });

  it('when costs are given, then claims are worth them after one detection, however many words came in a row', async () => {
    const tenantId = newName('tenant');
    const first = await running.start();
    await running.ended(tenantId, await running.syncOf(tenantId, 1));
    await first.stop();
    const cost = { sku: 'SKU-1', currency: 'USD', effectiveFrom: '2026-01-01' };
    const settings = streams.settings(tenantId);
    const give = (unitCost: string | null) =>
      says(tenantId, settings, ['claim.costs_given', { costs: [{ ...cost, unitCost }] }]);
    const ids = [await give('3.00'), await give('4.00'), await give(null), await give('5.00')];
    const second = await running.start();
    const [lookAgain = ''] = ids.map((id) => derivedName('detection', id));
    await eventually(async () => (await typesIn(tenantId, lookAgain)).length === 2, LONG);
    const { rows } = await detection.query<{ cost: string }>(
      'select unit_cost::text as cost from detection.unit_cost where tenant_id = $1',
      [tenantId],
    );
    expect(rows).toEqual([{ cost: '5.00' }]);
    const assertion = { assertionId: 'a', subtype: 'return_wrong_item', sku: 'SKU-1' } as const;
    const said = { orderId: 'o', removalOrderId: null, assertedOn: DAY, note: null, quantity: 1 };
    const streamId = streams.assertions(tenantId);
    const word = ['claim.loss_asserted', { ...assertion, ...said }] as const;
    const id = derivedName('detection', await says(tenantId, streamId, word));
    await eventually(async () => (await typesIn(tenantId, id)).length === 2, LONG);
    expect(await readAssertions(detection, tenantId)).toEqual([
      { subtype: 'return_wrong_item', orderId: 'o', sku: 'SKU-1', quantity: 1, assertedOn: DAY },
    ]);
    await second.stop();
  });

  it('when it is killed in the middle of it, then the next one ends it as if nothing had happened', async () => {
    const MANY = 1200;
    const tenantId = newName('tenant');
    const syncId = await running.syncOf(tenantId, MANY);
    for (const least of [1, 400]) {
      const doomed = await running.start({ DETECTION_LEASE_SECONDS: '3' });
      await eventually(async () => (await claims(tenantId)).streams >= least, {
        everyMs: 2,
        ...LONG,
      });
      await doomed.kill9();
    }
    const before = await claims(tenantId);
    expect(before.streams).toBeLessThan(MANY);
    await running.start({ DETECTION_LEASE_SECONDS: '3' });
    const [, completed] = await running.ended(tenantId, syncId);
    expect(completed?.data).toMatchObject({ claims: { open: MANY, new: MANY, changed: 0 } });
    expect(await claims(tenantId)).toEqual({ streams: MANY, events: MANY });
  }, 180_000);

  it.each([
    ['DETECTION_WORKERS', 'none'],
    ['DETECTION_LEASE_SECONDS', '0'],
    ['NATS_URL', ''],
  ])('when %s is "%s", then it stops and names it', async (name, value) => {
    const service = await running.start({ [name]: value });
    expect((await service.exit).code).toBe(1);
    expect(service.output).toContain(name);
  });
});
