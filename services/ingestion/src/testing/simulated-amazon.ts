import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@recoup/kernel';
import { z } from 'zod';
import type { OperationName } from '../amazon/operations.js';

const SCRIPT = fileURLToPath(new URL('../../../../infra/sandbox/dist/main.js', import.meta.url));
const CLIENT = { LWA_CLIENT_ID: 'test-client', LWA_CLIENT_SECRET: 'test-client-secret' } as const;

const truthSchema = z.object({
  counts: z.object({
    orders: z.int(),
    ledgerRows: z.int(),
    reimbursementRows: z.int(),
    transactions: z.int(),
    inventoryRows: z.int(),
    storageFeeRows: z.int(),
    agedStorageFeeRows: z.int(),
    returnRows: z.int(),
    replacementRows: z.int(),
    removalOrderRows: z.int(),
    removalShipmentRows: z.int(),
    inboundShipments: z.int(),
    inboundItems: z.int(),
  }),
});
const buyerSchema = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  street: z.string(),
});
const buyersSchema = z.object({
  buyers: z.array(buyerSchema.extend({ orderId: z.string() })),
  leaked: buyerSchema,
});
/** Somebody who bought, with everything in which he could be recognised. */
export type SimulatedBuyer = z.infer<typeof buyerSchema>;

const callsSchema = z.object({
  calls: z.array(
    z.object({ operation: z.string(), sellerId: z.string(), calls: z.int(), throttled: z.int() }),
  ),
});

const strikesSchema = z.object({
  struck: z.array(z.object({ operation: z.string(), kind: z.string(), times: z.int() })),
});
/** How often a failure that was ordered has happened: `kind` is its status or mode. */
export type Strikes = z.infer<typeof strikesSchema>['struck'][number];

export interface Fault {
  readonly operation: OperationName | 'token' | 'document';
  readonly status?: number;
  readonly mode?: FaultMode;
  readonly times?: number | 'always';
  readonly sellerId?: string;
  /** Chance of each call, drawn from the seed. */
  readonly probability?: number;
  readonly seed?: number;
  /** How long a slow body takes. */
  readonly seconds?: number;
  /** Only reports of this type. */
  readonly reportType?: string;
}

type FaultMode =
  | ('reset' | 'timeout' | 'reset_body' | 'slow_body' | 'truncated')
  | ('repeated_page' | 'empty_page' | 'expired_page')
  | ('fatal' | 'cancelled' | 'expired_document' | 'service_error');

/** All ways of failing at once: each call fails with about this chance, the same ones for the same seed. */
export interface Storm {
  readonly profile: 'storm';
  readonly seed: number;
  readonly share: number;
  readonly sellerId?: string;
  readonly without?: readonly FaultMode[];
}

/** A simulated Amazon as a process of its own, with the doors that tests have. */
export interface SimulatedAmazon extends AsyncDisposable {
  readonly client: typeof CLIENT;
  readonly origin: string;
  readonly rateScale: number;
  /** The time in the simulation: the machine's, moved on as often as `advance` was called. */
  readonly clock: Clock;
  /** Moves the time of the simulation forward, and with it the clock. */
  advance(ms: number): Promise<void>;
  refreshToken(sellerId: string): Promise<string>;
  revoke(sellerId: string): Promise<void>;
  fault(fault: Fault | Storm): Promise<void>;
  /** Ends all failures that were ordered. */
  heal(): Promise<void>;
  /** The failures that have happened since the start. */
  struck(): Promise<readonly Strikes[]>;
  /** What the consent page hands out when the seller approves. */
  consentCode(sellerId: string, redirectUri: string): Promise<string>;
  /** Who is behind each order, and whom Amazon sends unasked when it leaks. */
  buyers(sellerId: string): Promise<z.infer<typeof buyersSchema>>;
  /** Whether the application may see buyers, and whether Amazon sends them unasked. */
  setBuyers(
    sellerId: string,
    switches: { readonly restrictedRole?: boolean; readonly leak?: boolean },
  ): Promise<void>;
  truth(sellerId: string): Promise<z.infer<typeof truthSchema>['counts']>;
  /** Calls and refusals for the rate, by operation, of one seller. */
  calls(sellerId: string): Promise<ReadonlyMap<string, { calls: number; throttled: number }>>;
}

export async function startSimulatedAmazon({
  orders,
  rateScale = 240,
  daysAhead = 0,
  modelsDir = '',
  settings = {},
}: {
  readonly orders: number;
  readonly rateScale?: number;
  /** Days for which the sellers' world goes on when time is moved. */
  readonly daysAhead?: number;
  /** Further settings of the simulation, as they would be in the environment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Amazon's model files: it then answers their static cases at the static sandbox's hosts. */
  readonly modelsDir?: string | undefined;
}): Promise<SimulatedAmazon> {
  const stateDir = await mkdtemp(join(tmpdir(), 'recoup-amazon-'));
  const child = spawn(process.execPath, [SCRIPT], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...CLIENT,
      SANDBOX_STATE_DIR: stateDir,
      SANDBOX_ORDERS: String(orders),
      SANDBOX_DAYS_AHEAD: String(daysAhead),
      SPAPI_RATE_SCALE: String(rateScale),
      SPAPI_MODELS_DIR: modelsDir,
      ...settings,
    },
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const origin = await originOf(child);
  const ask = async (
    path: string,
    body?: unknown,
    method = body ? 'POST' : 'GET',
  ): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const init = body ? { method, headers, body: JSON.stringify(body) } : { method };
    const response = await fetch(`${origin}/sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
    return response.status === 204 ? null : response.json();
  };
  let aheadMs = 0;
  return {
    client: CLIENT,
    origin,
    rateScale,
    clock: { now: () => new Date(Date.now() + aheadMs) },
    async advance(ms) {
      await ask('clock', { advanceSeconds: ms / 1_000 });
      aheadMs += ms;
    },
    async refreshToken(sellerId) {
      const answer = await ask(`sellers/${sellerId}/refresh-token`);
      return z.object({ refreshToken: z.string() }).parse(answer).refreshToken;
    },
    async revoke(sellerId) {
      await ask(`sellers/${sellerId}/revoke`, undefined, 'POST');
    },
    async fault(fault) {
      await ask('faults', fault);
    },
    async heal() {
      await ask('faults', undefined, 'DELETE');
    },
    struck: async () => strikesSchema.parse(await ask('faults')).struck,
    async consentCode(sellerId, redirectUri) {
      const form = {
        application_id: 'app',
        state: 's',
        redirect_uri: redirectUri,
        decision: 'approve',
      };
      const body = new URLSearchParams({ ...form, seller: sellerId });
      const init = { method: 'POST', body, redirect: 'manual' } as const;
      const answer = await fetch(`${origin}/apps/authorize/consent`, init);
      const code = new URL(answer.headers.get('location') ?? '').searchParams.get(
        'spapi_oauth_code',
      );
      return z.string().parse(code);
    },
    buyers: async (sellerId) => buyersSchema.parse(await ask(`sellers/${sellerId}/buyers`)),
    async setBuyers(sellerId, switches) {
      await ask(`sellers/${sellerId}/buyers`, switches);
    },
    truth: async (sellerId) => truthSchema.parse(await ask(`sellers/${sellerId}/truth`)).counts,
    async calls(sellerId) {
      const { calls } = callsSchema.parse(await ask('calls'));
      return new Map(
        calls.filter((call) => call.sellerId === sellerId).map((call) => [call.operation, call]),
      );
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      process.off('exit', killWithUs);
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

function originOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const origin = /http:\/\/\S+/.exec(printed)?.[0];
      if (origin) resolve(origin);
    });
    child.once('exit', (code) => reject(new Error(`the simulated Amazon ended with ${code}`)));
  });
}
