import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  openBusOnCluster,
  PATIENCE,
  someEvents,
  type BusOnCluster,
} from './testing/bus-on-cluster.js';

let stage: BusOnCluster;

beforeAll(async () => {
  stage = await openBusOnCluster();
  await eventually(() => stage.bus.ensureTopology().then(() => true), PATIENCE);
});
afterAll(() => stage?.[Symbol.asyncDispose]());

it('given a publish under way, when the server that leads the stream is killed, then all arrives', async () => {
  await stage.listen(3);
  const leader = await stage.streamLeader();
  const publishing = stage.publishAll(someEvents(3, 1, 20_000));
  await leader.kill();
  await publishing;
  await stage.heard(3, 20_000);
  expect(await stage.bus.tailOf(3)).toBe(20_000);
  await leader.restart();
  await stage.copiesComplete();
}, 180_000);

it('given a consumer, when the server that leads it is killed, then it is told what comes after', async () => {
  await stage.listen(4);
  await stage.publishAll(someEvents(4, 1, 100));
  await stage.heard(4, 100);
  const leader = await stage.consumerLeader(4);
  await leader.kill();
  await stage.publishAll(someEvents(4, 101, 100));
  await stage.heard(4, 200);
  await leader.restart();
  await stage.copiesComplete();
}, 180_000);

it('given a server that was away and lost its store, then the others fill it, and with one of them it carries on', async () => {
  const { bus, cluster } = stage;
  const [first, second] = cluster.nodes;
  if (!first || !second) throw new Error('a cluster has several servers');
  await first.wipe();
  await stage.listen(5);
  await stage.publishAll(someEvents(5, 1, 5000));
  await first.restart();
  await stage.copiesComplete();
  await second.kill();
  await stage.publishAll(someEvents(5, 5001, 100));
  await stage.heard(5, 5100);
  expect(await eventually(() => bus.tailOf(5), PATIENCE)).toBe(5100);
  await second.restart();
}, 180_000);
