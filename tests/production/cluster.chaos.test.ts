import { readFileSync } from 'node:fs';
import { SERVICES } from '@recoup/deploy';
import { eventually, type NatsCluster, type NatsNode } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEventPath, type EventPath } from './event-path.js';
import { CLUSTER, productionServers, type ProductionServers } from './production-servers.js';
import { startServices, type RunningServices } from './running-services.js';

const PATIENCE = { timeoutMs: 60_000 };

let servers: ProductionServers<NatsCluster>;
let services: RunningServices;
let path: EventPath;

beforeAll(async () => {
  servers = await productionServers(CLUSTER);
  services = await startServices(servers);
  path = await openEventPath(servers);
});
afterAll(async () => {
  await path?.[Symbol.asyncDispose]();
  await services?.[Symbol.asyncDispose]();
  await servers?.[Symbol.asyncDispose]();
});

async function streamCopies(): Promise<{ leader: string; current: number }> {
  const { cluster } = await path.manager.streams.info('EVENTS');
  const others = cluster?.replicas ?? [];
  const current = others.filter((copy) => copy.current && !copy.offline).length + 1;
  return { leader: cluster?.leader ?? '', current };
}

function nodeOf(name: string): NatsNode {
  const node = servers.nats.nodes.find((one) => one.name === name);
  if (!node) throw new Error(`no server is called ${name}`);
  return node;
}

it.each(SERVICES)('%s becomes ready on the cluster', async (name) => {
  await services.all.get(name)!.ready();
});

it('the stream has three copies, and an event reaches its consumer', async () => {
  await path.appendAndWait();
  await eventually(async () => (await streamCopies()).current === 3, PATIENCE);
});

it('given any server killed, then events go on, and its copies are made whole again', async () => {
  for (const { name } of servers.nats.nodes) {
    const node = nodeOf(name);
    await node.kill();
    await path.appendAndWait();
    await node.restart();
    await servers.nats.complete();
    await eventually(async () => (await streamCopies()).current === 3, PATIENCE);
  }
});

it('given the leader of the stream wiped, then the others fill it, by routes of TLS alone', async () => {
  const node = nodeOf((await eventually(streamCopies, PATIENCE)).leader);
  await node.wipe();
  await path.appendAndWait();
  await node.restart();
  await eventually(async () => (await streamCopies()).current === 3, PATIENCE);
});

it('and the servers refused none of them anything', () => {
  const said = servers.nats.nodes.flatMap(({ logFile }) =>
    readFileSync(logFile, 'utf8').split('\n'),
  );
  expect(said.filter((line) => line.includes('Route connection created'))).not.toEqual([]);
  expect(said.filter((line) => /Violation|Authorization/i.test(line))).toEqual([]);
});
