import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@recoup/deploy';
import { freePort } from '@recoup/local';
import { eventually, spawnService, type SpawnedService } from '@recoup/testkit';
import { ROOT, type ProductionServers } from './production-servers.js';

/** Nobody listens there: what goes to Amazon ends there. */
const NOWHERE = 'http://127.0.0.1:1';

interface Running {
  readonly process: SpawnedService;
  /** Resolves when it says that it is ready; throws with what it has written when that takes too long. */
  ready(): Promise<unknown>;
}

/** The four services as processes in the production profile, each as its own user of both servers. */
export interface RunningServices extends AsyncDisposable {
  readonly gateway: string;
  readonly all: ReadonlyMap<ServiceName, Running>;
}

export async function startServices(servers: ProductionServers<unknown>): Promise<RunningServices> {
  const gatewayPort = await freePort();
  const all = new Map<ServiceName, Running>();
  const key = (): string => randomBytes(32).toString('base64');
  const own: Readonly<Record<ServiceName, Readonly<Record<string, string>>>> = {
    gateway: { GATEWAY_PORT: String(gatewayPort), SESSION_JWT_SECRET: key() },
    ingestion: {
      ENCRYPTION_KEY: key(),
      LWA_CLIENT_ID: 'id',
      LWA_CLIENT_SECRET: 'secret',
      LWA_ENDPOINT: NOWHERE,
      SPAPI_ENDPOINT: NOWHERE,
    },
    detection: {},
    evidence: {},
  };
  for (const name of SERVICES) all.set(name, await startService(servers, name, own[name]));
  return {
    gateway: `http://127.0.0.1:${gatewayPort}`,
    all,
    async [Symbol.asyncDispose]() {
      await Promise.all([...all.values()].map(({ process }) => process.stop()));
    },
  };
}

/** One of them; `settings` beside those that all have. */
export async function startService(
  servers: ProductionServers<unknown>,
  name: ServiceName,
  settings: Readonly<Record<string, string>>,
): Promise<Running> {
  const port = await freePort();
  const env = { ...servers.environmentOf(name), OPS_PORT: String(port), ...settings };
  const script = join(ROOT, `services/${name}/dist/main.js`);
  const process = await spawnService({ script, env });
  const answers = async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  return {
    process,
    ready: () =>
      eventually(answers, { timeoutMs: 60_000 }).catch((cause: unknown) => {
        throw new Error(process.output, { cause });
      }),
  };
}
