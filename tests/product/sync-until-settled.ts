import type { Browser } from './browser.js';
import { followSync } from './follow-sync.js';
import type { Product } from './product.js';
import { startSync, waitForClaims } from './syncs.js';
import { waitUntilSettled } from './wait-until-settled.js';

/**
 * A whole sync of a seller: started, followed to its end, its claims counted, and all that follows from them done.
 * Answers its id.
 */
export async function syncUntilSettled(product: Product, seller: Browser): Promise<string> {
  const syncId = await startSync(seller);
  await followSync(seller, syncId);
  await waitForClaims(seller, syncId);
  await waitUntilSettled(product);
  return syncId;
}
