import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '@recoup/kernel';
import { forgetPostgres, freePort, isAlive } from '@recoup/local';
import { eventually, spawnService, type SpawnedService } from '@recoup/testkit';
import { copyIdentity } from './identity.js';
import { natsProgram, ROOT } from './nats-program.js';
import { productDatabase } from './product-database.js';
import type { Product } from './product.js';
import { runningProcess } from './read-run.js';
import { waitUntilReady } from './ready-check.js';

/** How long a start may take on a machine that is busy with other things, in milliseconds. */
const START_MS = 120_000;

/** The launcher ended, or never said that it is ready. */
export class ProductDidNotStart extends AppError {
  readonly code = 'PRODUCT_DID_NOT_START';
}

export interface StartOptions {
  /** Orders of each simulated seller. */
  readonly orders?: number;
  /** Seed of the simulated Amazon. */
  readonly seed?: number;
  /** More settings, as they would be in the environment of `npm start`. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Start again on what an earlier start kept. Without it: a new folder. */
  readonly stateDir?: string;
  /** A state folder whose user, secrets and Amazon the new one gets; see `copyIdentity`. */
  readonly identityOf?: string;
  /** Servers that run already, and that `environment` leads the services to: where the test itself finds them. */
  readonly servers?: { readonly databaseUrl: string; readonly sandboxOrigin: string };
}

/** Starts the whole product as a process of its own, with what it keeps in a folder of its own. */
export async function startProduct(options: StartOptions = {}): Promise<Product> {
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'recoup-product-'));
  if (options.identityOf !== undefined) copyIdentity(options.identityOf, stateDir);
  const launcher = await spawnService({
    script: join(ROOT, 'infra/local/dist/main.js'),
    env: await environmentOf(options, stateDir),
  });
  try {
    const said = { ...(await whenReady(launcher)), ...options.servers };
    return productOf(launcher, { stateDir, said });
  } catch (error) {
    await launcher.stop();
    throw error;
  }
}

async function environmentOf(
  { orders, seed, environment }: StartOptions,
  stateDir: string,
): Promise<Record<string, string>> {
  return {
    RECOUP_STATE_DIR: stateDir,
    NATS_SERVER_BIN: await natsProgram(),
    GATEWAY_PORT: String(await freePort()),
    SPAPI_RATE_SCALE: '600', // a first sync is bound by the rates of reports: a minute at what `npm start` sets
    SYNC_SCHEDULE: 'off', // or the time of day would start a sync in the middle of a test
    ...(orders !== undefined && { SANDBOX_ORDERS: String(orders) }),
    ...(seed !== undefined && { SANDBOX_SEED: String(seed) }),
    ...environment,
  };
}

interface Said {
  readonly link: string;
  readonly sandboxOrigin: string;
  readonly operationsPorts: ReadonlyMap<string, number>;
  readonly databaseUrl?: string;
}

/** Reads from the launcher's words what a newcomer reads from them. Throws ProductDidNotStart. */
async function whenReady(launcher: SpawnedService): Promise<Said> {
  let ended = false;
  void launcher.exit.then(() => (ended = true));
  const link = await eventually(() => ended || linkIn(launcher.output), { timeoutMs: START_MS });
  if (link === true) throw new ProductDidNotStart(`the launcher ended:\n${launcher.output}`);
  const ports = /operations ports: (.*)\./.exec(launcher.output)?.[1] ?? '';
  return {
    link,
    sandboxOrigin: /simulated Amazon runs at (\S+);/.exec(launcher.output)?.[1] ?? '',
    operationsPorts: new Map(
      [...ports.matchAll(/(\S+) (\d+)/g)].map(([, name, port]) => [name ?? '', Number(port)]),
    ),
  };
}

function linkIn(output: string): string | undefined {
  return /http:\/\/localhost:\d+\/auth\/local\?token=\S+/.exec(output)?.[0];
}

function productOf(
  launcher: SpawnedService,
  { stateDir, said }: { stateDir: string; said: Said },
): Product {
  const database = productDatabase(stateDir, said.databaseUrl);
  const end = async (how: () => Promise<unknown>): Promise<void> => {
    if (!database.ended) await database.end();
    await how();
  };
  return {
    ...said,
    stateDir,
    database,
    origin: new URL(said.link).origin,
    get output() {
      return launcher.output;
    },
    pidOf: (name) => runningProcess(stateDir, name).pid,
    async kill(name) {
      const identity = runningProcess(stateDir, name);
      process.kill(identity.pid, 'SIGKILL');
      await eventually(() => !isAlive(identity), { everyMs: 5 });
      return identity.pid;
    },
    holdRestarts() {
      process.kill(launcher.pid, 'SIGSTOP');
      return () => process.kill(launcher.pid, 'SIGCONT');
    },
    ready: (name, after) => waitUntilReady({ ...said, stateDir, database }, name, after),
    killLauncher: () => end(() => launcher.kill9()),
    stop: () => end(() => launcher.stop()),
    async [Symbol.asyncDispose]() {
      await end(() => launcher.stop());
      forgetPostgres(join(stateDir, 'postgres'));
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}
