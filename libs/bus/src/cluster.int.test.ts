import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBus } from './bus.js';
import {
  openBusOnCluster,
  PATIENCE,
  someEvents,
  type BusOnCluster,
} from './testing/bus-on-cluster.js';

let stage: BusOnCluster;

beforeAll(async () => {
  stage = await openBusOnCluster();
});
afterAll(() => stage?.[Symbol.asyncDispose]());

it('given a stream of one copy, when three are asked for, then it is copied in place and goes on', async () => {
  const { bus, cluster } = stage;
  await using single = await openBus({ url: cluster.url, name: 'single', replicas: 1 });
  await eventually(() => single.ensureTopology().then(() => true), PATIENCE);
  await single.publisher.publish(someEvents(1, 1, 500), { deduplicate: true });
  await eventually(() => bus.ensureTopology().then(() => true), PATIENCE);
  await stage.copiesComplete();
  expect(await bus.tailOf(1)).toBe(500);
  await stage.listen(1);
  await stage.publishAll(someEvents(1, 501, 500));
  await stage.heard(1, 500);
  expect(await stage.copiesOfConsumer(1)).toBe(2);
}, 180_000);

it('given a publish under way, when the leader of the stream steps down, then all arrives', async () => {
  await stage.listen(2);
  const publishing = stage.publishAll(someEvents(2, 1, 20_000));
  await stage.moveLeader();
  await publishing;
  await stage.heard(2, 20_000);
}, 180_000);
