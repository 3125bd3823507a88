import { streams, type ConnectRequest } from '@recoup/contracts';
import { connectionState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { newName } from '@recoup/kernel';
import type { Pool } from 'pg';
import { refuse, type Refused } from './refusal.js';
import { accountOfSeller, forgetAccount, type SellerAccount } from './seller-account.js';
import type { Proof } from './verify-seller.js';

export interface AttachDeps {
  readonly pool: Pool;
  readonly store: EventStore;
}

/**
 * The tenant to whom a consent belongs: the one signed in, else the one that holds the seller, else `newcomer`. Or why
 * it can be nobody's.
 */
export async function tenantFor(
  deps: AttachDeps,
  { request, proof, newcomer }: { request: ConnectRequest; proof: Proof; newcomer: string },
): Promise<{ readonly tenantId: string } | Refused> {
  const holder = await holderOf(deps, request.sellingPartnerId);
  const refused = refusalBy(holder, { request, proof });
  return refused ?? { tenantId: request.tenantId ?? holder?.tenantId ?? newcomer };
}

/** A name for a tenant that comes into being with its connection. */
export const newTenant = (): string => newName('tenant');

/** Who holds a seller. One whose connection has ended in the log holds none, even if we have not heard of it yet. */
async function holderOf(
  { pool, store }: AttachDeps,
  sellerId: string,
): Promise<SellerAccount | null> {
  const account = await accountOfSeller(pool, sellerId);
  if (!account) return null;
  const { tenantId } = account;
  const state = connectionState(await store.readStream(tenantId, streams.connection(tenantId)));
  if (state?.state !== 'disconnected') return account;
  await forgetAccount(pool, { tenantId, version: state.version });
  return accountOfSeller(pool, sellerId); // a consent that is being stored right now counts
}

function refusalBy(
  holder: SellerAccount | null,
  { request, proof }: { readonly request: ConnectRequest; readonly proof: Proof },
): Refused | null {
  if (!holder || holder.tenantId === request.tenantId) return null;
  if (request.tenantId !== null) return refuse('seller_already_connected');
  // Nobody is signed in: only a proven seller may be let into the account that holds him.
  if (proof === 'same') return null;
  return refuse(
    'seller_already_connected',
    'This Amazon seller is connected to an account already. Please sign in to that account first.',
  );
}
