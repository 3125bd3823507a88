import { dayIn } from '@recoup/kernel';
import { z } from 'zod';
import { expect } from 'vitest';
import {
  allRecoveries,
  claimableFees,
  filedCases,
  syncStatus,
  truthOf,
  type Truth,
} from '../../product/index.js';
import { positionsOf } from '../outcome.js';
import type { ClusteredProduct } from './clustered-product.js';
import type { WatchedSeller } from './watched-seller.js';

const factsSchema = z.array(z.object({ kind: z.string(), keys: z.int() }));

const FACTS = `
  select kind, count(distinct key)::int as keys from facts.fact
  where tenant_id = (select tenant_id from log.event where stream_id = $1 limit 1) group by kind`;

/** How many different facts of each kind the seller of a sync has. */
async function factsOf(
  { database }: ClusteredProduct,
  syncId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await database.query(FACTS, [`sync-${syncId}`]);
  return new Map(factsSchema.parse(rows).map(({ kind, keys }) => [kind, keys]));
}

function factsIn({ counts }: Truth): Readonly<Record<string, number>> {
  return {
    order: counts.orders,
    ledger: counts.ledgerRows,
    reimbursement: counts.reimbursementRows,
    transaction: counts.transactions,
    inventory: counts.inventoryRows,
    customerReturn: counts.returnRows,
    removalOrder: counts.removalOrderRows,
    inboundShipment: counts.inboundShipments,
  };
}

/** Every client has each frame after the one that it began with, once and in order, up to the end. */
async function expectFrames(product: ClusteredProduct, seller: WatchedSeller): Promise<void> {
  const positions = await positionsOf(product, seller.syncId);
  for (const { frames } of await seller.followed) {
    const [first, ...later] = frames.map(({ position }) => position);
    expect(later).toEqual(positions.filter((position) => position > (first ?? 0)));
    expect(frames.at(-1)).toMatchObject({ status: 'complete', progress: 100 });
  }
}

/** What is expected and not there, or not as often. */
function missingIn(found: readonly string[], expected: readonly string[]): string[] {
  const left = [...found];
  return expected.filter((one) => {
    const at = left.indexOf(one);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** The truth speaks of the midnight (UTC) before: what could be claimed until that day is lost to everybody by the next. */
function stillOpen<T extends { readonly claimableUntil: string }>(claims: readonly T[]): T[] {
  const today = dayIn('America/Los_Angeles', new Date());
  return claims.filter(({ claimableUntil }) => claimableUntil >= today);
}

/**
 * Holds the claims of a seller's first sync against the truth of the simulated Amazon: one for every loss with its units,
 * none twice, every filed claim with exactly one case.
 */
export async function expectClaims(
  product: Pick<ClusteredProduct, 'sandboxOrigin'>,
  { sellerId, browser, syncId }: Pick<WatchedSeller, 'sellerId' | 'browser' | 'syncId'>,
): Promise<void> {
  const [truth, recoveries, cases] = await Promise.all([
    truthOf(product, sellerId),
    allRecoveries(browser),
    filedCases(product),
  ]);
  const claims = recoveries.map(({ subtype, sku, quantity }) => `${subtype} ${sku} ${quantity}`);
  const losses = [
    ...stillOpen(truth.claims).map(({ subtype, sku, units }) => `${subtype} ${sku} ${units}`),
    ...claimableFees(truth).map(({ subtype, sku, quantity }) => `${subtype} ${sku} ${quantity}`),
  ];
  // Whether nothing else is claimed is a question to detection, and other tests' to ask.
  expect(missingIn(claims, losses)).toEqual([]);
  expect(new Set(recoveries.map(({ id }) => id)).size).toBe(recoveries.length);
  expect((await syncStatus(browser, syncId)).claimsDetected).toBe(claims.length);
  const filed = recoveries.flatMap(({ amazonCaseId }) => amazonCaseId ?? []);
  const mine = cases.filter((one) => one.sellerId === sellerId).map(({ caseId }) => caseId);
  expect(filed.length).toBeGreaterThan(0);
  expect(mine.sort()).toEqual(filed.sort());
}

/** Holds all that is left of a seller's sync against the truth: every fact, claims and cases, frames. All is settled. */
export async function expectBooks(product: ClusteredProduct, seller: WatchedSeller): Promise<void> {
  const [truth, facts] = await Promise.all([
    truthOf(product, seller.sellerId),
    factsOf(product, seller.syncId),
  ]);
  expect(Object.fromEntries(facts)).toMatchObject(factsIn(truth));
  await expectClaims(product, seller);
  await expectFrames(product, seller);
}
