import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNatsServer, freePort, natsReady, prepareNats, type NatsOptions } from '@recoup/local';
import { startServerProcess, type ServerProcess } from './server-process.js';

/** A nats-server with JetStream of a suite's own: streams have fixed names, so two suites cannot share one. */
export interface NatsServer extends ServerProcess {
  readonly url: string;
  /** Where JetStream keeps its streams. */
  readonly storeDir: string;
  /** What the server says. */
  readonly logFile: string;
  /** Kills it and deletes what it stored; `restart` then starts it empty. */
  wipe(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** How a server is to be other than the usual one, which lets everybody in. */
export type NatsServerOptions = Pick<NatsOptions, 'configFile' | 'variables'>;

/** Starts a nats-server on a free port with its store in a temporary folder; disposing it removes the store. */
export async function natsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const binary = await natsBinary();
  const folder = mkdtempSync(join(tmpdir(), 'recoup-nats-'));
  const storeDir = join(folder, 'store');
  const { child, url } = prepareNats({
    ...options,
    binary,
    storeFolder: storeDir,
    port: await freePort(),
  });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startServerProcess({
      child,
      logFolder: folder,
      ready: (signal) => natsReady(url, signal),
    });
    return {
      ...server,
      url,
      storeDir,
      logFile: join(folder, 'nats-server.log'),
      async wipe() {
        await server.kill();
        rmSync(storeDir, { recursive: true, force: true });
      },
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

let binary: Promise<string> | undefined;

/** The cache is that of a local start, so that a checkout fetches a nats-server once. */
export function natsBinary(): Promise<string> {
  const state = process.env['RECOUP_STATE_DIR'] || join(ROOT, '.recoup');
  binary ??= findNatsServer({
    cacheFolder: join(state, 'cache'),
    environment: process.env,
    say: (text) => process.stderr.write(`${text}\n`),
  });
  return binary;
}
