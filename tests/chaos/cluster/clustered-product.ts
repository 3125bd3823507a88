import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@recoup/local';
import { migrate } from '@recoup/migrate';
import { natsCluster, postgresServer, type NatsCluster } from '@recoup/testkit';
import { Pool } from 'pg';
import {
  SANDBOX_RATE_SCALE,
  SERVICE_NAMES,
  sandboxEnvironment,
} from '../../../infra/local/src/service-environment.js';
import { loadSecrets, stateFolder } from '../../../infra/local/src/state-folder.js';
import { openFrontDoor, type FrontDoor } from './front-door.js';
import { instanceOf, startInstance, type Instance, type Stage } from './instance.js';

/** The whole product as a company would run it: three nats-servers, two instances of every service, one Postgres. */
export interface ClusteredProduct extends AsyncDisposable {
  /** The front door's. */
  readonly origin: string;
  readonly sandboxOrigin: string;
  readonly front: FrontDoor;
  /** The database as its owner sees it: past every role and policy. */
  readonly database: Pool;
  readonly nats: NatsCluster;
  readonly instances: readonly Instance[];
}

const INSTANCES = 2;

/** Starts it, with a simulated Amazon whose sellers have so many orders; resolves when every instance is ready. */
export async function startClusteredProduct(orders: number): Promise<ClusteredProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-clustered-'));
  const closers = [(): unknown => rmSync(folder, { recursive: true, force: true })];
  const keep = <T extends AsyncDisposable>(one: T): T => {
    closers.push(() => one[Symbol.asyncDispose]());
    return one;
  };
  const end = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const secrets = loadSecrets(stateFolder(folder, { RECOUP_STATE_DIR: folder }));
    const [postgres, nats] = [keep(await postgresServer()), keep(await natsCluster())];
    await migrate({ adminUrl: postgres.adminUrl, passwords: secrets.rolePasswords });
    const gatewayPorts = await Promise.all(Array.from({ length: INSTANCES }, freePort));
    const front = keep(await openFrontDoor(gatewayPorts));
    const sandboxPort = await freePort();
    const sandboxOrigin = `http://localhost:${sandboxPort}`;
    const stage: Stage = {
      secrets,
      places: {
        databaseUrl: postgres.adminUrl,
        natsUrl: nats.url,
        gatewayPort: 0,
        sandboxOrigin,
        sandboxPort,
        opsPorts: { gateway: 0, ingestion: 0, detection: 0, evidence: 0 },
        signInToken: '',
        documents: join(folder, 'documents'),
      },
      environment: {
        NATS_REPLICAS: String(nats.nodes.length),
        OAUTH_REDIRECT_URI: `${front.origin}/api/v1/integrations/amazon/auth/callback`,
        SANDBOX_ORDERS: String(orders),
        SPAPI_RATE_SCALE: String(SANDBOX_RATE_SCALE * 10),
        SYNC_SCHEDULE: 'off',
        RATE_LIMIT_PUBLIC: '0', // all sellers of the test come from one address
      },
    };
    keep(
      await startInstance('sandbox', {
        script: 'infra/sandbox/dist/main.js',
        env: sandboxEnvironment({ ...stage, stateDir: join(folder, 'sandbox') }),
        readyUrl: `${sandboxOrigin}/health`,
      }),
    );
    const instances = await startServices(stage, gatewayPorts);
    instances.map(keep);
    await nats.complete();
    const database = new Pool({ connectionString: postgres.adminUrl, max: 2 });
    database.on('error', () => undefined);
    closers.push(() => database.end());
    const { origin } = front;
    return { origin, sandboxOrigin, front, database, nats, instances, [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

function startServices(stage: Stage, gatewayPorts: readonly number[]): Promise<Instance[]> {
  return Promise.all(
    SERVICE_NAMES.flatMap((service) =>
      gatewayPorts.map(async (port, nth) =>
        startInstance(`${service} ${nth + 1}`, await instanceOf(service, stage, port)),
      ),
    ),
  );
}
