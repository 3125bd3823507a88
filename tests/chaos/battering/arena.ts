import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetPostgres } from '@recoup/local';
import { startProduct, type Product } from '../../product/index.js';
import {
  placesIn,
  startNats,
  startPostgres,
  startSandbox,
  SPAPI_RATE_SCALE,
  type Places,
  type PostgresAt,
  type SandboxAt,
  type Server,
} from './servers.js';
import type { WireName } from './blow.js';
import { openClockDoor, type ClockDoor } from './clock-door.js';
import { mountDisk, type Disk } from './disk.js';
import { openWire, type Wire } from './wire.js';

/**
 * The product as a start on this machine composes it, but for the servers, which are the test's own: between them and the
 * services are wires.
 */
export interface Arena extends AsyncDisposable {
  readonly product: Product;
  readonly places: Places;
  readonly postgres: PostgresAt;
  readonly nats: Server;
  readonly sandbox: SandboxAt;
  /** Where JetStream stores; null where no disk could be mounted, and none can be full. */
  readonly disk: Disk | null;
  readonly clock: ClockDoor;
  readonly wires: Readonly<Record<WireName, Wire>>;
}

/** A worker that was silent for so long has lost its work, in seconds. The usual 10 would make every pause as long. */
export const LEASE_SECONDS = 3;

export async function openArena(): Promise<Arena> {
  const places = placesIn(mkdtempSync(join(tmpdir(), 'recoup-battering-')));
  const closers: (() => PromiseLike<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
    forgetPostgres(join(places.stateDir, 'postgres'));
    rmSync(places.natsStore, { recursive: true, force: true });
  };
  try {
    const postgres = await startPostgres(places);
    closers.push(() => postgres.process[Symbol.asyncDispose]());
    const disk = mountDisk(places.natsStore);
    closers.push(async () => disk?.[Symbol.dispose]());
    const nats = await startNats(places);
    closers.push(() => nats.process[Symbol.asyncDispose]());
    const sandbox = await startSandbox(places);
    closers.push(() => sandbox.process[Symbol.asyncDispose]());
    const wires = {
      postgres: await openWire(postgres.port),
      nats: await openWire(nats.port),
      amazon: await openWire(sandbox.port),
    };
    for (const wire of Object.values(wires)) closers.push(() => wire[Symbol.asyncDispose]());
    const clock = await openClockDoor(`${sandbox.origin}/sandbox/clock`);
    closers.push(() => clock[Symbol.asyncDispose]());
    const product = await startProduct({
      stateDir: places.stateDir,
      servers: { databaseUrl: postgres.databaseUrl, sandboxOrigin: sandbox.origin },
      environment: environmentOf({ postgres, sandbox, clock, wires }),
    });
    closers.push(() => product[Symbol.asyncDispose]());
    return {
      ...{ product, places, postgres, nats, sandbox, disk, clock, wires },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function environmentOf({
  postgres,
  sandbox,
  clock,
  wires,
}: Pick<Arena, 'postgres' | 'sandbox' | 'clock' | 'wires'>): Record<string, string> {
  const database = new URL(postgres.databaseUrl);
  database.port = String(wires.postgres.port);
  const amazon = `http://127.0.0.1:${wires.amazon.port}`;
  const lease = String(LEASE_SECONDS);
  return {
    DATABASE_URL: database.href,
    NATS_URL: `nats://127.0.0.1:${wires.nats.port}`,
    ...sandbox.credentials,
    SPAPI_RATE_SCALE,
    SPAPI_ENDPOINT: amazon,
    LWA_ENDPOINT: `${amazon}/auth/o2/token`,
    CLOCK_URL: clock.url,
    CASE_DESK_URL: `${amazon}/case-desk`,
    CLAIM_SUBMISSION: 'sandbox',
    AMAZON_CONSENT_URL: `${sandbox.origin}/apps/authorize/consent`,
    ...{ AUTO_FILE_DEFAULT: 'on', FILING_PER_DAY: '10000', FILING_SPACING_SECONDS: '0' },
    ...{ SYNC_LEASE_SECONDS: lease, DETECTION_LEASE_SECONDS: lease, FILING_LEASE_SECONDS: lease },
    // Clients that come back after every frame are no attack here.
    ...{ RATE_LIMIT_USER: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_PUBLIC: '0' },
  };
}
