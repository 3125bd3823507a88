import type { Clock } from '@recoup/kernel';
import { AmazonCallFailed } from '../amazon/errors.js';
import type { Caller } from '../amazon/rate-limiter.js';
import type { SpApiClient } from '../amazon/sp-api-client.js';
import { listTransactions } from '../amazon/transactions.js';
import { DAY_MS } from '../plan/interval.js';
import { FRESHEST_MS } from '../plan/look-back.js';

/** Whose consent it is, as far as Amazon tells. */
export type Proof = 'same' | 'other' | 'unknown';

/** As far back as one question may reach: beyond 180 days Amazon answers nothing. */
const REACH_MS = 179 * DAY_MS;

/**
 * Compares the seller that was named with the one that the consent belongs to. The name comes by way of the seller's
 * browser and can be changed there, and neither Login with Amazon nor the list of marketplaces tells it; a transaction
 * does. Unknown for a seller without transactions, or where the application may not read them.
 */
export async function verifySeller(
  client: SpApiClient,
  caller: Caller,
  clock: Clock,
): Promise<Proof> {
  const to = new Date(clock.now().getTime() - FRESHEST_MS);
  const from = new Date(to.getTime() - REACH_MS);
  try {
    const first = await listTransactions(client, caller, { from, to }).next();
    const transactions = first.done ? [] : first.value;
    const named = transactions.map((one) => one.sellingPartnerMetadata?.sellingPartnerId);
    const owner = named.find((sellerId) => sellerId);
    if (!owner) return 'unknown';
    return owner === caller.sellerId ? 'same' : 'other';
  } catch (error) {
    if (error instanceof AmazonCallFailed && !error.refusal.retryable) return 'unknown';
    throw error;
  }
}
