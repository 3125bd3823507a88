import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema, type Config } from '../config.js';
import { startSandbox, type Sandbox } from '../sandbox.js';

/** The day on which the worlds of the tests end. */
export const NOW = '2026-03-10T08:00:00.000Z';
export const US_SELLER = 'A2HARBORPINE01';
export const CA_SELLER = 'A3MAPLETRAIL02';
export const US_ID = 'ATVPDKIKX0DER';
export const CA_ID = 'A2EUQ1WTGCTBG2';
const CLIENT = { client_id: 'client', client_secret: 'secret' };

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  readonly method?: string;
  readonly token?: string | null;
  readonly agent?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A sandbox of a suite's own: its state in a temporary folder, its clock moved by hand. */
export interface Rig extends AsyncDisposable {
  readonly origin: string;
  readonly directory: string;
  advance(ms: number): void;
  /** Stops it and starts another on the same state, as a crash and a restart would. */
  restart(): Promise<void>;
  accessToken(sellerId: string): Promise<string>;
  /** A call of a seller's client. Each takes a hundredth of a second of the rig's time. */
  call(path: string, options?: CallOptions): Promise<Reply>;
  form(path: string, fields: Readonly<Record<string, string>>): Promise<Reply>;
}

export async function startRig(settings: Partial<Config> = {}): Promise<Rig> {
  const directory = await mkdtemp(join(tmpdir(), 'recoup-sandbox-'));
  const config = configSchema.parse({
    SANDBOX_STATE_DIR: directory,
    SPAPI_RATE_SCALE: 1_000_000,
    LWA_CLIENT_ID: CLIENT.client_id,
    LWA_CLIENT_SECRET: CLIENT.client_secret,
    ...settings,
  });
  let ms = Date.parse(NOW);
  const clock = { now: () => new Date(ms) };
  let sandbox: Sandbox = await startSandbox(config, clock);
  const tokens = new Map<string, string>();
  const url = (path: string) => new URL(path, sandbox.origin);
  const accessToken = async (sellerId: string): Promise<string> => {
    const door = await read(await fetch(url(`/sandbox/sellers/${sellerId}/refresh-token`)));
    const { refreshToken } = z.object({ refreshToken: z.string() }).parse(door.json);
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken, ...CLIENT };
    const body = new URLSearchParams(grant);
    const reply = await read(await fetch(url('/auth/o2/token'), { method: 'POST', body }));
    return z.object({ access_token: z.string() }).parse(reply.json).access_token;
  };
  return {
    get origin() {
      return sandbox.origin;
    },
    directory,
    advance: (by) => void (ms += by),
    restart: async () => {
      await sandbox.close();
      sandbox = await startSandbox(config, clock);
    },
    accessToken,
    call: async (path, { method = 'GET', token, agent, body, headers = {} } = {}) => {
      ms += 10;
      let sent = token;
      if (sent === undefined) {
        sent = tokens.get(US_SELLER) ?? (await accessToken(US_SELLER));
        tokens.set(US_SELLER, sent);
      }
      const response = await fetch(url(path), {
        method,
        redirect: 'manual',
        headers: {
          'user-agent': agent ?? 'Rig/1.0 (Language=TypeScript)',
          ...(sent === null ? {} : { 'x-amz-access-token': sent }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return read(response);
    },
    form: async (path, fields) => {
      ms += 10;
      const body = new URLSearchParams(fields);
      return read(await fetch(url(path), { method: 'POST', body, redirect: 'manual' }));
    },
    [Symbol.asyncDispose]: async () => {
      await sandbox.close();
      await rm(directory, { recursive: true });
    },
  };
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const json: unknown = isJson && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
}

/** The client of the rig, for token requests. */
export const CREDENTIALS = CLIENT;

const errorBody = z.object({
  errors: z
    .array(z.object({ code: z.string(), message: z.string(), details: z.string() }))
    .length(1),
});

/** Code and details of a refusal in Amazon's shape. */
export function refusal(reply: Reply): { status: number; code: string; details: string } {
  const [error] = errorBody.parse(reply.json).errors;
  return { status: reply.status, code: error?.code ?? '', details: error?.details ?? '' };
}
