import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  cases: z.array(z.object({ caseId: z.string(), request: z.object({ claimId: z.string() }) })),
});

/** Evidence processes between a real log and a real desk, with a door before the desk that sees every call. */
export interface FilingStage extends AsyncDisposable {
  readonly store: EventStore;
  /** Of the role that may record facts. */
  readonly facts: Service['pool'];
  readonly pool: Service['pool'];
  /** The door of this test: `reset` puts up a new one. */
  readonly door: DeskDoor;
  startEvidence(): Promise<SpawnedService>;
  /** Kills the desk and starts it anew; in between it is down. */
  killDesk(): Promise<{ restart(): Promise<void> }>;
  orderFault(fault: object): Promise<void>;
  /** What the desk itself holds for a claim: the only witness that counts. */
  casesOf(claimId: string): Promise<string[]>;
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

  const stopAll = async (): Promise<void> => {
    await Promise.all(running.map((service) => service.stop()));
    running = [];
    await door[Symbol.asyncDispose]();
  };
  return {
    store: openEventStore(pool),
    facts,
    pool,
    get door() {
      return door;
    },
    async startEvidence() {
      const env = {
        DATABASE_URL: database.urlOf('recoup_evidence_follow'),
        NATS_URL: nats.url,
        FILING_LEASE_SECONDS: '2',
        CLAIM_SUBMISSION: 'sandbox',
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
    async casesOf(claimId) {
      const answer = await fetch(`${sandbox.origin}/case-desk/cases`);
      const { cases } = listSchema.parse(await answer.json());
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
