import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { streams, SYSTEM_TENANT } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { openPool, type Service } from '@recoup/service-kit';
import {
  createDatabase,
  eventually,
  natsServer,
  spawnService,
  type SpawnedService,
} from '@recoup/testkit';
import { pino } from 'pino';
import { z } from 'zod';
import { openDeskDoor, type DeskDoor } from './desk-door.js';
import type { Seller } from './seller.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const SANDBOX = fileURLToPath(new URL('../../../../infra/sandbox/dist/main.js', import.meta.url));

const listSchema = z.object({
  cases: z.array(
    z.object({
      caseId: z.string(),
      createdAt: z.iso.datetime(),
      request: z.object({ claimId: z.string() }),
    }),
  ),
});

/** Evidence processes between a real log and a real desk, with a door before the desk that sees every call. */
export interface FilingStage extends AsyncDisposable {
  readonly store: EventStore;
  /** Of the role that may record facts. */
  readonly facts: Service['pool'];
  readonly pool: Service['pool'];
  /** The door of this test: `reset` puts up a new one. */
  readonly door: DeskDoor;
  startEvidence(environment?: Readonly<Record<string, string>>): Promise<SpawnedService>;
  /** Kills the desk and starts it anew; in between it is down. */
  killDesk(): Promise<{ restart(): Promise<void> }>;
  orderFault(fault: object): Promise<void>;
  /** What the desk itself holds for a claim: the only witness that counts. */
  casesOf(claimId: string): Promise<string[]>;
  /** The claim of every case that the desk holds. */
  claimsOnDesk(): Promise<string[]>;
  /** When the desk itself opened the cases of these claims, in milliseconds. */
  caseTimes(claimIds: readonly string[]): Promise<number[]>;
  /** Throws or releases the kill switch of a tenant, or of the system for all; answers once it stands in the log. */
  turnKillSwitch(tenantId: string, on: boolean): Promise<void>;
  /** Whether the workers have met a thrown kill switch of this tenant. */
  isHeld(tenantId: string): Promise<boolean>;
  /** Kills the bus; what stands in the log stays. */
  killBus(): Promise<{ restart(): Promise<void> }>;
  /** Stops what the last test started, forgets its faults and its calls. */
  reset(): Promise<void>;
}

export async function openFilingStage(): Promise<FilingStage> {
  const closers: (() => PromiseLike<unknown>)[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'recoup-evidence-'));
  const log = pino({ level: 'silent' });
  const [database, nats] = await Promise.all([createDatabase(), natsServer()]);
  closers.push(
    () => database.drop(),
    () => nats[Symbol.asyncDispose](),
  );
  const open = (role: string, max: number): Service['pool'] => {
    const pool = openPool({ url: database.urlOf(role), name: 'testing', log, max });
    closers.push(() => pool.end());
    return pool;
  };
  const pool = open('recoup_evidence_follow', 4);
  const facts = open('recoup_ingestion_follow', 2);
  let sandbox = await startSandbox(folder);
  let door = await openDeskDoor(`${sandbox.origin}/case-desk`);
  let running: SpawnedService[] = [];

  const store = openEventStore(pool);
  const listed = async () => {
    const answer = await fetch(`${sandbox.origin}/case-desk/cases`);
    return listSchema.parse(await answer.json()).cases;
  };
  const stopAll = async (): Promise<void> => {
    await Promise.all(running.map((service) => service.stop()));
    running = [];
    await door[Symbol.asyncDispose]();
  };
  return {
    store,
    facts,
    pool,
    get door() {
      return door;
    },
    async startEvidence(environment = {}) {
      const env: Record<string, string> = {
        DATABASE_URL: database.urlOf('recoup_evidence_follow'),
        NATS_URL: nats.url,
        FILING_LEASE_SECONDS: '2',
        CLAIM_SUBMISSION: 'sandbox',
        AUTO_FILE_DEFAULT: 'on',
        FILING_PER_DAY: '10000',
        FILING_SPACING_SECONDS: '0',
        ...environment,
        CASE_DESK_URL: door.url,
      };
      const service = await spawnService({ script: MAIN, env });
      running.push(service);
      return service;
    },
    async killDesk() {
      const port = Number(new URL(sandbox.origin).port);
      await sandbox.process.kill9();
      return {
        async restart() {
          sandbox = await startSandbox(folder, port);
        },
      };
    },
    async orderFault(fault) {
      const answer = await fetch(`${sandbox.origin}/sandbox/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ operation: 'createCase', ...fault }),
      });
      if (answer.status !== 204) throw new Error(`the sandbox answered ${answer.status}`);
    },
    async claimsOnDesk() {
      return (await listed()).map(({ request }) => request.claimId);
    },
    async caseTimes(claimIds) {
      const cases = await listed();
      const wanted = cases.filter(({ request }) => claimIds.includes(request.claimId));
      return wanted.map(({ createdAt }) => Date.parse(createdAt));
    },
    async turnKillSwitch(tenantId, on) {
      const type = on ? 'claim.kill_switch_thrown' : 'claim.kill_switch_released';
      const cause = fromCommand('user:testing', new Date());
      const killSwitchScope = tenantId === SYSTEM_TENANT ? 'all' : 'seller';
      const streamId = streams.settings(tenantId);
      const events = [eventOf(type, { killSwitchScope }, { cause })];
      await store.append({ tenantId, streamId, expected: 'any', events });
    },
    async isHeld(tenantId) {
      const query = 'select from evidence.governor where tenant_id = $1 and stopped';
      return (await pool.query(query, [tenantId])).rowCount === 1;
    },
    async killBus() {
      await nats.kill();
      return { restart: () => nats.restart() };
    },
    async casesOf(claimId) {
      const cases = await listed();
      return cases.filter(({ request }) => request.claimId === claimId).map((one) => one.caseId);
    },
    async reset() {
      await stopAll();
      await fetch(`${sandbox.origin}/sandbox/faults`, { method: 'DELETE' });
      door = await openDeskDoor(`${sandbox.origin}/case-desk`);
    },
    async [Symbol.asyncDispose]() {
      await stopAll();
      await sandbox.process.stop();
      for (const close of closers.reverse()) await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startSandbox(
  folder: string,
  port = 0,
): Promise<{ process: SpawnedService; origin: string }> {
  const process = await spawnService({
    script: SANDBOX,
    env: {
      SANDBOX_PORT: String(port),
      SANDBOX_STATE_DIR: folder,
      SANDBOX_ORDERS: '0',
      LWA_CLIENT_ID: 'testing',
      LWA_CLIENT_SECRET: 'testing',
    },
  });
  const origin = await eventually(() => /listening on (\S+)/.exec(process.output)?.[1]);
  return { process, origin };
}

/** Waits until the last event of a claim is of that type; answers its whole story. */
export function settledAs(
  { seller, claimId }: { readonly seller: Seller; readonly claimId: string },
  last: string,
): Promise<string[]> {
  const settled = async (): Promise<string[] | false> => {
    const story = await seller.story(claimId);
    return story.at(-1) === last ? story : false;
  };
  return eventually(settled, { timeoutMs: 25_000 });
}
