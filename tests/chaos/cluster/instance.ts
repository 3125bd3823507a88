import { join } from 'node:path';
import { freePort } from '@recoup/local';
import { eventually, spawnService, type Exit, type SpawnedService } from '@recoup/testkit';
import {
  serviceEnvironment,
  type Environment,
  type Places,
  type ServiceName,
} from '../../../infra/local/src/service-environment.js';
import type { Secrets } from '../../../infra/local/src/state-folder.js';
import { ROOT } from '../../product/nats-program.js';

/** One process of a service, which can be killed and started again with the same settings. */
export interface Instance extends AsyncDisposable {
  /** Such as `ingestion 2`. */
  readonly name: string;
  /** All that it has written, over all its lives. */
  readonly output: string;
  /** SIGKILL; returns when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as a rollout does it; answers how it ended. */
  stop(): Promise<Exit>;
  /** Starts it again; resolves when it is ready. */
  restart(): Promise<void>;
}

export interface InstanceOptions {
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  readonly readyUrl: string;
}

const READY = { timeoutMs: 120_000, everyMs: 100 };

/** Starts a process and waits until it is ready. */
export async function startInstance(
  name: string,
  { script, env, readyUrl }: InstanceOptions,
): Promise<Instance> {
  let before = '';
  const start = async (): Promise<SpawnedService> => {
    const process = await spawnService({ script: join(ROOT, script), env });
    await eventually(async () => (await fetch(readyUrl)).ok, READY).catch(
      async (cause: unknown) => {
        await process.stop();
        throw new Error(`${name} does not come up:\n${process.output}`, { cause });
      },
    );
    return process;
  };
  let process = await start();
  return {
    name,
    get output() {
      return before + process.output;
    },
    async kill() {
      await process.kill9();
    },
    stop: () => process.stop(),
    async restart() {
      before += process.output;
      process = await start();
    },
    async [Symbol.asyncDispose]() {
      await process.stop();
    },
  };
}

export interface Stage {
  readonly places: Places;
  readonly secrets: Secrets;
  readonly environment: Environment;
}

/** How an instance of a service is started, with an operations port and, for a gateway, a public one of its own. */
export async function instanceOf(
  service: ServiceName,
  { places, secrets, environment }: Stage,
  gatewayPort: number,
): Promise<InstanceOptions> {
  const port = await freePort();
  const own = { ...places, gatewayPort, opsPorts: { ...places.opsPorts, [service]: port } };
  return {
    script: `services/${service}/dist/main.js`,
    env: serviceEnvironment(service, { places: own, secrets, environment }),
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  };
}
