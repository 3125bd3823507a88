import { z } from 'zod';

const settingsSchema = z.object({
  /** Chooses the moments; the same seed makes the same rounds. */
  CHAOS_SEED: z.coerce.number().int().nonnegative().default(20_260),
  CHAOS_ROUNDS: z.coerce.number().int().positive().default(28),
  SANDBOX_ORDERS: z.coerce.number().int().positive().default(600),
  /** Orders of the seller whose syncs meet every failure; enough that lists of transactions and stock have several pages. */
  CHAOS_SYNC_ORDERS: z.coerce.number().int().positive().default(1_500),
  /** Claims that may all be filed at once, and how often evidence is killed while it files. */
  CHAOS_FILING_CLAIMS: z.coerce.number().int().min(100).default(1000),
  CHAOS_FILING_KILLS: z.coerce.number().int().positive().default(200),
  /** Orders of the sellers whose months pass. */
  CHAOS_MONTHS_ORDERS: z.coerce.number().int().positive().default(900),
  /** Rounds that one product is kept alive through, and the orders of each of its sellers. */
  CHAOS_BATTER_ROUNDS: z.coerce.number().int().positive().default(200),
  /** Only the rounds whose kind of blow this expression matches; all where it is not set. */
  CHAOS_BATTER_ONLY: z.string().default(''),
  CHAOS_BATTER_ORDERS: z.coerce.number().int().positive().default(200),
  SANDBOX_SEED: z.coerce.number().int().nonnegative().default(1),
});

/** The settings of a chaos run, from its environment. */
export const settings = settingsSchema.parse(
  Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== '')),
);

/** The seller of every round: the world of the same seller is the same in every run. */
export const SELLER = 'A2HARBORPINE01';
