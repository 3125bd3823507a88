import { z } from 'zod';
import { DESK_NAMES } from './outcomes/desks.js';

/** Settings of the process, each under the name of its environment variable. */
export const configSchema = z.object({
  /** 0 takes any free port. */
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_STATE_DIR: z.string().min(1),
  SANDBOX_SEED: z.coerce.number().int().nonnegative().default(1),
  SANDBOX_ORDERS: z.coerce.number().int().min(0).max(1_000_000).default(2_500),
  /** Days for which the world goes on after the anchor. 0: it stands still at the anchor's midnight. */
  SANDBOX_DAYS_AHEAD: z.coerce.number().int().min(0).max(400).default(0),
  /** The last of those days, on which nothing new goes wrong: what has, can end. */
  SANDBOX_QUIET_DAYS: z.coerce.number().int().min(0).max(400).default(0),
  /** How the case desk decides: `src/outcomes/desks.ts`. */
  SANDBOX_DESK: z.enum(DESK_NAMES).default('usual'),
  /** The share of what reports can tell badly that they do: other spellings, late rows, payments in parts. */
  SANDBOX_DIRT: z.coerce.number().min(0).max(1).default(0),
  /** How many times as fast as the machine's time runs here. Rates, tokens and reports follow it. */
  SANDBOX_CLOCK_SPEED: z.coerce.number().positive().max(10_000).default(1),
  /** How many times Amazon's published rates; bursts stay as published. */
  SPAPI_RATE_SCALE: z.coerce.number().positive().default(1),
  /** Whether a report asked for again too early ends without data, as at Amazon. */
  SANDBOX_REPORT_COOLDOWN: z.enum(['on', 'off']).default('off'),
  /** Rows of a report that are made in a second at Amazon's rate. 0: its size takes no time. */
  SANDBOX_REPORT_ROWS_PER_SECOND: z.coerce.number().min(0).default(0),
  /** Answers of Finances v0 that are longer are refused: 10 MB at Amazon. */
  SANDBOX_FINANCES_BYTES: z.coerce.number().int().positive().default(10_000_000),
  LWA_CLIENT_ID: z.string().min(1),
  LWA_CLIENT_SECRET: z.string().min(1),
  /** A folder of Amazon's model files, whose static cases are then answered at the static sandbox's hosts. */
  SPAPI_MODELS_DIR: z.string().min(1).optional(),
  SANDBOX_TOKEN_SECONDS: z.coerce.number().int().positive().default(3_600),
});

export type Config = z.infer<typeof configSchema>;

/** Reads the settings, or says which ones are missing or wrong. Values are not repeated: one may be a secret. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; problems: string[] } {
  // An empty variable is an unset one: Number('') would otherwise be a port of 0.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = configSchema.safeParse(set);
  if (read.success) return { ok: true, config: read.data };
  return {
    ok: false,
    problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
  };
}
