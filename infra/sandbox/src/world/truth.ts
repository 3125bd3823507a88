import { dayIn } from '@recoup/kernel';
import type { LookAlike, TrueClaim } from '../causes/plant.js';
import type { SellersWord } from '../causes/sellers-word.js';
import type { FeeTruth } from '../fees/fee-truth.js';
import type { Calendar } from './calendar.js';
import { CLAIM_ZONE } from './claim-days.js';

/** What is really so in a seller's world at an instant. For tests only: nothing that Amazon has would tell it. */
export interface Truth extends FeeTruth {
  readonly sellerId: string;
  readonly anchorDay: string;
  /** The instant (ISO 8601, UTC) of which all of it speaks: the sandbox's now, or the end of the world before it. */
  readonly asOf: string;
  readonly orders: number;
  /** Open at that instant: Amazon has stated the units, and their window has not closed. */
  readonly claims: readonly TrueClaim[];
  /** Those whose window has closed since. */
  readonly lapsed: readonly TrueClaim[];
  readonly lookAlikes: readonly LookAlike[];
  /** What else is owed once the seller has told what it knows, and all that it would tell. */
  readonly bySellersWord: {
    readonly claims: readonly TrueClaim[];
    readonly words: readonly SellersWord[];
  };
  readonly counts: TrueCounts;
}

export interface TrueCounts {
  readonly orders: number;
  readonly ledgerRows: number;
  readonly reimbursementRows: number;
  readonly transactions: number;
  readonly inventoryRows: number;
  readonly storageFeeRows: number;
  readonly agedStorageFeeRows: number;
  readonly returnRows: number;
  readonly replacementRows: number;
  readonly removalOrderRows: number;
  readonly removalShipmentRows: number;
  readonly inboundShipments: number;
  readonly inboundItems: number;
}

export interface Planned {
  readonly claims: readonly TrueClaim[];
  readonly lookAlikes: readonly LookAlike[];
}

/** What of everything that is ever true is so when the calendar ends. */
export function claimsAsOf(
  { claims, lookAlikes }: Planned,
  { endMs }: Calendar,
): Pick<Truth, 'asOf' | 'claims' | 'lapsed' | 'lookAlikes' | 'bySellersWord'> {
  const asOf = new Date(endMs).toISOString();
  const today = dayIn(CLAIM_ZONE, new Date(endMs));
  const stated = claims.filter(({ claimableFrom }) => claimableFrom < asOf);
  const open = stated.filter(({ claimableUntil }) => today <= claimableUntil);
  const byWord = open.filter(({ word }) => word !== undefined);
  const alike = lookAlikes.filter(({ since }) => `${since}T00:00:00.000Z` < asOf);
  return {
    asOf,
    claims: open.filter(({ word }) => word === undefined),
    lapsed: stated.filter((one) => today > one.claimableUntil && one.word === undefined),
    lookAlikes: alike,
    bySellersWord: {
      claims: byWord,
      words: [...byWord, ...alike].flatMap(({ word }) => word ?? []),
    },
  };
}
