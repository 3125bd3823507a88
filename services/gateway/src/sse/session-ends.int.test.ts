import { openBus, type Bus } from '@recoup/bus';
import { eventually, natsServer, type NatsServer } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSessionEnds } from './session-ends.js';

let nats: NatsServer;
let buses: Bus[];

beforeAll(async () => {
  nats = await natsServer();
  buses = await Promise.all(
    ['gateway-1', 'gateway-2'].map((name) => openBus({ url: nats.url, name })),
  );
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus[Symbol.asyncDispose]()));
  await nats[Symbol.asyncDispose]();
});

const unexpected = (error: unknown): void => expect.unreachable(String(error));

it('given a session that ends in one process, then each process is told, and this one once', async () => {
  const [here, there] = buses.map((bus) => openSessionEnds(bus, unexpected));
  const told = { here: [] as string[], there: [] as string[] };
  here!.onEnd((sessionId) => told.here.push(sessionId));
  there!.onEnd((sessionId) => told.there.push(sessionId));
  await eventually(() => {
    there!.ended('warm-up');
    return told.here.includes('warm-up');
  });
  here!.ended('session-1');
  expect(told.here.filter((id) => id === 'session-1')).toHaveLength(1);
  here!.ended('session-2');
  await eventually(() => told.there.includes('session-2'));
  expect(told.there.filter((id) => id === 'session-1')).toHaveLength(1);
  // An answer to the echo would have come before what the other process has told by now.
  await eventually(() => {
    there!.ended('last');
    return told.here.includes('last');
  });
  expect(told.here.filter((id) => id === 'session-1')).toHaveLength(1);
});

it('given a listener that throws, then the others are told, and the error is reported', () => {
  const errors: unknown[] = [];
  const ends = openSessionEnds(buses[0]!, (error) => errors.push(error));
  const told: string[] = [];
  ends.onEnd(() => {
    throw new Error('stuck');
  });
  const stop = ends.onEnd((sessionId) => told.push(sessionId));
  ends.ended('session-1');
  stop();
  ends.ended('session-2');
  expect(told).toEqual(['session-1']);
  expect(errors).toHaveLength(2);
});

it('given that NATS is away, then this process is told all the same', async () => {
  const ends = openSessionEnds(buses[0]!, unexpected);
  const told: string[] = [];
  ends.onEnd((sessionId) => told.push(sessionId));
  await nats.kill();
  await eventually(() => !buses[0]!.healthy());
  ends.ended('session-1');
  expect(told).toEqual(['session-1']);
  await nats.restart();
});
