import { streams } from '@recoup/contracts';
import { z } from 'zod';
import {
  allRecoveries,
  claimsPrint,
  factsPrint,
  filedCases,
  logFaults,
  waitForClaims,
  waitUntilSettled,
  type ClaimPrint,
  type FactsPrint,
  type Followed,
  type Product,
  type Recovery,
} from '../product/index.js';
import type { SellerSession } from './seller-session.js';

/** What a run leaves behind and must be the same in every run of one seller. */
export interface Remains {
  readonly facts: readonly FactsPrint[];
  readonly claims: readonly ClaimPrint[];
  /** What the seller's list shows. */
  readonly recoveries: readonly Recovery[];
  /** What lies on Amazon's desk, by claim. */
  readonly cases: readonly {
    readonly claimId: string;
    readonly caseId: string;
    readonly units: number;
  }[];
  readonly claimsDetected: number | null;
  /** How many syncs the seller's history has. */
  readonly syncs: number;
}

/** What a run was like. */
export interface Outcome {
  readonly remains: Remains;
  /** See `logFaults`. */
  readonly faults: readonly string[];
  readonly steady: Followed;
  readonly restless: Followed;
  /** The places in the log of all events of the sync: what clients must have heard of. */
  readonly positions: readonly number[];
}

/** Waits for the end of everything that a sync sets going, and looks at what is left of it. */
export async function outcomeOf(product: Product, session: SellerSession): Promise<Outcome> {
  const { browser, syncId } = session;
  const { steady, restless } = await session.followed;
  const { claimsDetected } = await waitForClaims(browser, syncId);
  await waitUntilSettled(product);
  const [facts, claims, recoveries, desk, faults, positions] = await Promise.all([
    factsPrint(product),
    claimsPrint(product),
    allRecoveries(browser),
    filedCases(product),
    logFaults(product),
    positionsOf(product, syncId),
  ]);
  const cases = desk
    .map(({ caseId, request }) => ({ claimId: request.claimId, caseId, units: request.quantity }))
    .sort((a, b) => (a.claimId + a.caseId < b.claimId + b.caseId ? -1 : 1));
  recoveries.sort((a, b) => (a.id < b.id ? -1 : 1));
  const { total: syncs } = await browser.get('/api/sync/history', historySchema);
  const remains = { facts, claims, recoveries, cases, claimsDetected, syncs };
  return { remains, faults, steady, restless, positions };
}

const historySchema = z.object({ total: z.int() });

const positionsSchema = z.array(z.object({ position: z.coerce.number() }));

/** The places in the log of all events of a sync. */
export async function positionsOf(
  { database }: Pick<Product, 'database'>,
  syncId: string,
): Promise<number[]> {
  const text = 'select position from log.event where stream_id = $1 order by position';
  const { rows } = await database.query(text, [streams.sync(syncId)]);
  return positionsSchema.parse(rows).map(({ position }) => position);
}
