import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { AppError, sleep } from '@recoup/kernel';
import type { ChildSpec } from './child.js';

export class NatsFailed extends AppError {
  readonly code = 'NATS_FAILED';
}

export interface NatsOptions {
  /** The server program, from `findNatsServer`. */
  readonly binary: string;
  readonly storeFolder: string;
  readonly port: number;
  /** Makes it one server of a cluster. */
  readonly cluster?: ClusterSeat;
  /** A configuration file, beside which port and store count as given here. */
  readonly configFile?: string;
  /** What that file reads from the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The place of one server in a cluster on this machine. */
export interface ClusterSeat {
  /** Unlike that of every other server of the cluster, and the same after a restart: JetStream knows its copies by it. */
  readonly serverName: string;
  /** Where it listens for the other servers. */
  readonly port: number;
  /** Where all servers of the cluster listen for each other. */
  readonly ports: readonly number[];
  /** Where it tells how it is (`/healthz`). */
  readonly monitorPort: number;
}

/** Tells how to run a nats-server with JetStream that listens on this machine only. */
export function prepareNats({
  binary,
  storeFolder,
  port,
  cluster,
  configFile,
  variables = {},
}: NatsOptions): {
  child: ChildSpec;
  url: string;
} {
  mkdirSync(storeFolder, { recursive: true });
  return {
    child: {
      name: cluster?.serverName ?? 'nats-server',
      command: binary,
      args: [
        '--addr',
        '127.0.0.1',
        '--port',
        String(port),
        '--jetstream',
        '--store_dir',
        storeFolder,
        ...(cluster ? clusterFlags(cluster) : []),
        ...(configFile === undefined ? [] : ['--config', configFile]),
      ],
      env: {
        ...variables,
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '/',
      },
    },
    url: `nats://127.0.0.1:${port}`,
  };
}

function clusterFlags({ serverName, port, ports, monitorPort }: ClusterSeat): string[] {
  const address = (of: number): string => `nats://127.0.0.1:${of}`;
  const routes = ports.filter((other) => other !== port).map(address);
  return [
    ...['--server_name', serverName, '--cluster_name', 'recoup'],
    ...['--cluster', address(port), '--routes', routes.join(',')],
    ...['--http_port', String(monitorPort)],
  ];
}

/** Waits until the server greets: its first line is INFO. */
export async function natsReady(url: string, signal?: AbortSignal): Promise<void> {
  const port = Number(new URL(url).port);
  for (let tries = 0; tries < 150 && !signal?.aborted; tries += 1) {
    if (await greets(port)) return;
    await sleep(100, signal);
  }
  throw new NatsFailed('nats-server did not start in 15 seconds; see its log.');
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    const finish = (greeted: boolean): void => {
      socket.destroy();
      resolve(greeted);
    };
    socket.once('data', (data) => finish(data.toString().startsWith('INFO ')));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}
