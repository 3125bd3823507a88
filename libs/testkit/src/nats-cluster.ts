import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, natsReady, prepareNats } from '@recoup/local';
import { eventually } from './eventually.js';
import { natsBinary, type NatsServerOptions } from './nats-server.js';
import { startServerProcess, type ServerProcess } from './server-process.js';

/** One server of a cluster. */
export interface NatsNode extends ServerProcess {
  /** The name by which the cluster knows it. */
  readonly name: string;
  readonly url: string;
  /** What the server says. */
  readonly logFile: string;
  /** Kills it and deletes its copies; `restart` then starts it empty, and the others fill it. */
  wipe(): Promise<void>;
}

/** Several nats-servers of a suite's own that keep one JetStream together. */
export interface NatsCluster extends AsyncDisposable {
  readonly nodes: readonly NatsNode[];
  /** All servers, as `NATS_URL` takes them. */
  readonly url: string;
  /** Waits until every server runs and holds all of its copies: from then on any one may die. */
  complete(): Promise<void>;
}

/** Elections and copying take seconds, and a machine under load takes its time. */
const COMPLETE_MS = 120_000;

/**
 * Starts nats-servers on this machine as one cluster, each with a store of its own; disposing it removes the stores. A
 * configuration file reads the name of its server from `NATS_SERVER_NAME`; addresses and routes count as given here.
 */
export async function natsCluster({
  size = 3,
  configFile,
  variables = {},
}: { readonly size?: number } & NatsServerOptions = {}): Promise<NatsCluster> {
  const binary = await natsBinary();
  const folder = mkdtempSync(join(tmpdir(), 'recoup-nats-cluster-'));
  const ports = await Promise.all(Array.from({ length: size }, freePort));
  const nodes = await Promise.all(
    ports.map(async (clusterPort, nth) => {
      const name = `nats-${nth + 1}`;
      const storeFolder = join(folder, name);
      const monitorPort = await freePort();
      const cluster = { serverName: name, port: clusterPort, ports, monitorPort };
      const { child, url } = prepareNats({
        ...{ binary, storeFolder, port: await freePort(), cluster },
        ...(configFile !== undefined && { configFile }),
        variables: { ...variables, NATS_SERVER_NAME: name },
      });
      const server = await startServerProcess({
        child,
        logFolder: folder,
        ready: (signal) => natsReady(url, signal),
      });
      return {
        ...server,
        name,
        url,
        logFile: join(folder, `${name}.log`),
        health: `http://127.0.0.1:${monitorPort}/healthz`,
        async wipe() {
          await server.kill();
          rmSync(storeFolder, { recursive: true, force: true });
        },
      };
    }),
  );
  return {
    nodes,
    url: nodes.map(({ url }) => url).join(','),
    async complete() {
      for (const { health } of nodes) {
        await eventually(async () => (await fetch(health)).ok, { timeoutMs: COMPLETE_MS });
      }
    },
    async [Symbol.asyncDispose]() {
      // Killed: a server that stops in order first waits for others to take over what it leads.
      await Promise.all(nodes.map((node) => node.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
