import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  ensureDatabase,
  freePort,
  natsReady,
  postgresReady,
  prepareNats,
  preparePostgres,
} from '@recoup/local';
import { eventually, startServerProcess, type ServerProcess } from '@recoup/testkit';
import { natsProgram, ROOT } from '../../product/nats-program.js';
import { settings } from '../chaos-settings.js';

/** Where everything of a battering is kept. */
export interface Places {
  readonly stateDir: string;
  readonly logs: string;
  readonly natsStore: string;
  readonly documents: string;
}

export function placesIn(stateDir: string): Places {
  return {
    stateDir,
    logs: join(stateDir, 'logs'),
    natsStore: `${stateDir}-nats`, // a disk of its own, not to be deleted with the rest
    documents: join(stateDir, 'documents'),
  };
}

/** A server that is killed and brought back, and where it is reached past every wire. */
export interface Server {
  readonly process: ServerProcess;
  readonly port: number;
}

export type PostgresAt = Server & { readonly databaseUrl: string };

/** Without fsync: it only matters when the whole machine crashes, which no test can make happen. */
export async function startPostgres({ stateDir, logs }: Places): Promise<PostgresAt> {
  const port = await freePort();
  const { child, url } = preparePostgres({
    dataFolder: join(stateDir, 'postgres'),
    port,
    password: randomBytes(18).toString('base64url'),
    durable: false,
  });
  const process = await startServerProcess({
    child,
    logFolder: logs,
    ready: (signal) => postgresReady(url, signal),
  });
  return { process, port, databaseUrl: await ensureDatabase(url, 'recoup') };
}

export async function startNats({ natsStore, logs }: Places): Promise<Server> {
  const port = await freePort();
  const binary = await natsProgram();
  const { child, url } = prepareNats({ binary, storeFolder: natsStore, port });
  const process = await startServerProcess({
    child,
    logFolder: logs,
    ready: (signal) => natsReady(url, signal),
  });
  return { process, port };
}

export type SandboxAt = Server & {
  readonly origin: string;
  /** What its clients sign in with. */
  readonly credentials: { readonly LWA_CLIENT_ID: string; readonly LWA_CLIENT_SECRET: string };
};

/** Rates that do not hold a sync up; a world that goes on for as long as rounds may move its clock. */
export const SPAPI_RATE_SCALE = '600';
const DAYS_AHEAD = 390;

export async function startSandbox({ stateDir, logs }: Places): Promise<SandboxAt> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const credentials = {
    LWA_CLIENT_ID: `amzn1.application-oa2-client.${randomBytes(16).toString('hex')}`,
    LWA_CLIENT_SECRET: randomBytes(24).toString('base64url'),
  };
  const process_ = await startServerProcess({
    child: {
      name: 'sandbox',
      command: process.execPath,
      args: [join(ROOT, 'infra/sandbox/dist/main.js')],
      env: {
        PATH: process.env['PATH'] ?? '',
        TZ: 'UTC',
        SANDBOX_PORT: String(port),
        SANDBOX_STATE_DIR: join(stateDir, 'sandbox'),
        SANDBOX_SEED: String(settings.SANDBOX_SEED),
        SANDBOX_ORDERS: String(settings.CHAOS_BATTER_ORDERS),
        SANDBOX_DAYS_AHEAD: String(DAYS_AHEAD),
        SPAPI_RATE_SCALE,
        ...credentials,
      },
    },
    logFolder: logs,
    ready: (signal) => answers(`${origin}/health`, signal),
  });
  return { process: process_, port, origin, credentials };
}

async function answers(url: string, signal: AbortSignal): Promise<void> {
  await eventually(async () => signal.aborted || (await fetch(url)).ok, { timeoutMs: 60_000 });
}
