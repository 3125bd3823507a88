import type { ClaimSubtype, EventData, NewEvent } from '@recoup/contracts';
import { derivedName } from '@recoup/kernel';
import { eventOf, type Cause } from './cause.js';
import type { ClaimState } from './claim-state.js';
import { awaitsFiling } from './claim-status.js';
import type { ConnectionState } from './connection-state.js';
import { reject, type Rejection } from './rejection.js';

type Asserted = EventData<'claim.loss_asserted'>;

const SUBTYPES: ReadonlySet<ClaimSubtype> = new Set([
  'return_wrong_item',
  'removal_damaged',
] satisfies Asserted['subtype'][]);

/** Whether such a loss is known by the word of its seller alone: no report tells what was in a parcel. */
export function isAsserted({ subtype }: { readonly subtype: ClaimSubtype }): boolean {
  return SUBTYPES.has(subtype);
}

/** Whether the seller's word about a claim's loss can still be put right: nobody has begun to file it. */
export function takesAssertion(claim: Pick<ClaimState, 'subtype' | 'status'>): boolean {
  return isAsserted(claim) && awaitsFiling(claim);
}

/** Why nothing can be told of losses: without a connection there are no records to hold it against. Null when it can. */
export function refuseAssertion(
  connection: Pick<ConnectionState, 'state'> | null,
): Rejection | null {
  if (connection?.state === 'connected') return null;
  return reject('amazon_not_connected', 'Connect your Amazon account and sync it first.');
}

export interface Assertion {
  readonly tenantId: string;
  readonly said: Omit<Asserted, 'assertionId' | 'assertedOn'>;
  /** The day in the seller's marketplace. */
  readonly assertedOn: string;
  readonly cause: Cause;
}

/**
 * Takes what a person says of units that no report tells. Of two words about one SKU of one order or removal the later
 * stands: both have one `assertionId`. Rejection: `amazon_not_connected`.
 */
export function assertLoss(
  connection: ConnectionState | null,
  { tenantId, said, assertedOn, cause }: Assertion,
): { readonly assertionId: string; readonly event: NewEvent } | Rejection {
  const refused = refuseAssertion(connection);
  if (refused) return refused;
  const { subtype, orderId, removalOrderId, sku } = said;
  const about = [subtype, orderId ?? '', removalOrderId ?? '', sku];
  const assertionId = derivedName('assertion', tenantId, ...about);
  const event = eventOf('claim.loss_asserted', { assertionId, ...said, assertedOn }, { cause });
  return { assertionId, event };
}
