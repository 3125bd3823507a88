import { cpus, totalmem } from 'node:os';
import { connect } from '@nats-io/transport-node';
import { natsServer } from '@recoup/testkit';
import type { Machine } from './report.js';

/** What the numbers were taken on. */
export async function describeMachine(postgres: string): Promise<Machine> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version.slice(1),
    postgres,
    nats: await natsVersion(),
  };
}

async function natsVersion(): Promise<string> {
  await using server = await natsServer();
  const nats = await connect({ servers: server.url });
  const version = nats.info?.version ?? 'unknown';
  await nats.close();
  return version;
}
