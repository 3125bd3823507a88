import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '@recoup/kernel';
import { migrate } from '@recoup/migrate';
import { findNatsServer } from './find-nats-server.js';
import { firstFreePort, freePort } from './free-port.js';
import { startGuardian } from './guardian.js';
import { natsReady, prepareNats } from './nats.js';
import { ensureDatabase, postgresReady, preparePostgres } from './postgres.js';
import { identify, isAlive } from './process-identity.js';
import { serviceReady } from './readiness.js';
import { readRun, stopLeftovers, writeRun, type Run } from './run-file.js';
import {
  SANDBOX_RATE_SCALE,
  sandboxEnvironment,
  SERVICE_NAMES,
  serviceEnvironment,
  type Environment,
  type Places,
  type ServiceName,
} from './service-environment.js';
import {
  forget,
  loadSecrets,
  ROOT,
  stateFolder,
  type Secrets,
  type StateFolder,
} from './state-folder.js';
import { Supervisor } from './supervisor.js';
import { showWarnings } from './warnings.js';

/** Ready within this time, in milliseconds, even on a busy machine. */
const READY_MS = 60_000;

/** The state folder is in use by a launcher that runs. */
export class AlreadyRunning extends AppError {
  readonly code = 'ALREADY_RUNNING';
}

export interface LaunchOptions {
  readonly environment: Environment;
  /** Forget what earlier starts kept. */
  readonly fresh: boolean;
  readonly say: (text: string) => void;
  /** Aborting it stops the start. */
  readonly signal: AbortSignal;
}

export interface Launched {
  /** The single-use sign-in link. */
  readonly link: string;
  stop(): Promise<void>;
}

/** Starts the whole product on this machine; see `npm start`. */
export async function launch(options: LaunchOptions): Promise<Launched> {
  const { environment, say } = options;
  const state = stateFolder(ROOT, environment);
  const before = readRun(state.runFile);
  if (before && isAlive(before.launcher)) {
    throw new AlreadyRunning(
      `Recoup runs already${before.url ? `: ${before.url}` : ''}. Stop it first.`,
    );
  }
  const stopped = await stopLeftovers(state.runFile);
  if (stopped > 0) say(`Stopped ${stopped} process(es) that an earlier start had left.`);
  if (options.fresh) forget(state);

  const launcher = identify(process.pid);
  const run: Run = { launcher, url: null, database: null, children: [] };
  writeRun(state.runFile, run);
  const guardian = startGuardian(state.runFile);
  const deaths = new Map<string, number>();
  const supervisor = new Supervisor({
    logFolder: state.logs,
    onStart({ name, stopSignal = 'SIGTERM' }, identity) {
      const others = run.children.filter((child) => child.name !== name);
      const place = run.children.findIndex((child) => child.name === name);
      others.splice(place === -1 ? others.length : place, 0, { ...identity, name, stopSignal });
      run.children = others;
      writeRun(state.runFile, run);
    },
    onDeath: ({ name }, how) => {
      deaths.set(name, (deaths.get(name) ?? 0) + 1);
      say(`${name} ended (${how}); starting it again. Its log: ${join(state.logs, `${name}.log`)}`);
    },
  });
  const hide = showWarnings({ names: ['sandbox', ...SERVICE_NAMES], logFolder: state.logs, say });
  const stop = async (): Promise<void> => {
    hide(); // what services say while they stop is no warning
    await supervisor.stop();
    writeRun(state.runFile, { ...run, database: null, children: [] });
    guardian.end();
  };
  try {
    const { link, databaseUrl } = await startEverything({ ...options, state, supervisor, deaths });
    run.url = new URL('/', link).href;
    const embedded = !environment['DATABASE_URL'];
    run.database = { place: withoutUser(databaseUrl), embedded };
    writeRun(state.runFile, run);
    return { link, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Start extends LaunchOptions {
  readonly state: StateFolder;
  readonly supervisor: Supervisor;
  /** How often each child has ended. */
  readonly deaths: ReadonlyMap<string, number>;
}

async function startEverything(
  start: Start,
): Promise<{ readonly link: string; readonly databaseUrl: string }> {
  const { environment, supervisor, state, say } = start;
  const secrets = loadSecrets(state);
  const [databaseUrl, natsUrl] = await Promise.all([
    startDatabase(start, secrets),
    startBus(start),
  ]);
  await migrate({ adminUrl: databaseUrl, passwords: secrets.rolePasswords });

  const { documents } = state;
  const places = await choosePlaces(environment, { databaseUrl, natsUrl, documents });
  const wanted = Number(environment['GATEWAY_PORT'] || DEFAULT_GATEWAY_PORT);
  if (places.gatewayPort !== wanted) say(`Port ${wanted} is taken: using ${places.gatewayPort}.`);
  if (places.sandboxOrigin) {
    supervisor.keep({
      name: 'sandbox',
      command: process.execPath,
      args: [join(ROOT, 'infra/sandbox/dist/main.js')],
      env: sandboxEnvironment({ places, secrets, environment, stateDir: state.sandbox }),
    });
    await ready('sandbox', `${places.sandboxOrigin}/health`, start);
  }
  for (const name of SERVICE_NAMES) {
    supervisor.keep({
      name,
      command: process.execPath,
      args: [join(ROOT, `services/${name}/dist/main.js`)],
      env: serviceEnvironment(name, { places, secrets, environment }),
    });
  }
  const readyUrl = (name: ServiceName): string =>
    `http://127.0.0.1:${places.opsPorts[name]}/readyz`;
  await Promise.all(SERVICE_NAMES.map((name) => ready(name, readyUrl(name), start)));
  describe(places, start);
  const link = `http://localhost:${places.gatewayPort}/auth/local?token=${places.signInToken}`;
  return { link, databaseUrl };
}

/** The run file is no place for secrets. */
function withoutUser(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.username = '';
  url.password = '';
  return url.href;
}

function ready(name: string, url: string, { state, deaths, signal }: Start): Promise<void> {
  return serviceReady({
    name,
    url,
    logFile: join(state.logs, `${name}.log`),
    timeoutMs: READY_MS,
    deaths: () => deaths.get(name) ?? 0,
    signal,
  });
}

async function startDatabase(
  { environment, state, supervisor, signal }: Start,
  secrets: Secrets,
): Promise<string> {
  const given = environment['DATABASE_URL'];
  if (given) return given;
  const { child, url } = preparePostgres({
    dataFolder: state.postgres,
    port: await freePort(),
    password: secrets.postgresPassword,
  });
  supervisor.keep(child);
  await postgresReady(url, signal);
  return ensureDatabase(url, 'recoup');
}

async function startBus({ environment, state, supervisor, say, signal }: Start): Promise<string> {
  const given = environment['NATS_URL'];
  if (given) return given;
  const binary = await findNatsServer({ cacheFolder: state.cache, environment, say });
  const { child, url } = prepareNats({ binary, storeFolder: state.nats, port: await freePort() });
  supervisor.keep(child);
  await natsReady(url, signal);
  return url;
}

const DEFAULT_GATEWAY_PORT = 3001;

async function choosePlaces(
  environment: Environment,
  servers: Pick<Places, 'databaseUrl' | 'natsUrl' | 'documents'>,
): Promise<Places> {
  const sandboxPort = await freePort();
  const elsewhere = environment['SPAPI_ENDPOINT'];
  const given = environment['OPS_PORT'];
  return {
    ...servers,
    gatewayPort: await firstFreePort(Number(environment['GATEWAY_PORT'] || DEFAULT_GATEWAY_PORT)),
    sandboxOrigin: elsewhere ? null : `http://localhost:${sandboxPort}`,
    sandboxPort,
    opsPorts: {
      gateway: given ? Number(given) : await freePort(),
      ingestion: await freePort(),
      detection: await freePort(),
      evidence: await freePort(),
    },
    signInToken: randomBytes(24).toString('base64url'),
  };
}

function describe({ sandboxOrigin, opsPorts }: Places, { environment, state, say }: Start): void {
  if (sandboxOrigin) {
    const scale = environment['SPAPI_RATE_SCALE'] || String(SANDBOX_RATE_SCALE);
    say(
      `A simulated Amazon runs at ${sandboxOrigin}; its rate limits are Amazon's, ${scale} times as fast.`,
    );
  }
  const ports = SERVICE_NAMES.map((name) => `${name} ${opsPorts[name]}`).join(', ');
  say(`Health at /readyz on the operations ports: ${ports}.`);
  say(`Data is kept in ${state.path}, logs in ${state.logs}.`);
}
