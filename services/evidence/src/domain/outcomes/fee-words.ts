import type { ClaimSubtype } from '@recoup/contracts';

const FULFILMENT = ['fulfilment_fee_overcharge'] as const;
const STORAGE = ['storage_fee_overcharge'] as const;

/**
 * Which claim a fee that was given back can be for, by Amazon's word for the fee: the words of Finances v0
 * (developer-docs.amazon.com/sp-api, fee types), which both generations use.
 */
const FEES: Readonly<Record<string, readonly ClaimSubtype[]>> = {
  FBAPerUnitFulfillmentFee: FULFILMENT,
  FBAPerOrderFulfillmentFee: FULFILMENT,
  FBAWeightBasedFee: FULFILMENT,
  FBAStorageFee: STORAGE,
  FBALongTermStorageFee: STORAGE,
  Commission: ['referral_fee_error'],
};

const TRANSPORT = ['unused_label_fee'] as const;
const INBOUND = ['inbound_defect_fee'] as const;

/** What a fee can have been claimed as; null for a word that is no fee, or one that nothing is claimed of. */
export function feeOf(word: string): readonly ClaimSubtype[] | null {
  if (word.startsWith('FBAInboundTransportation')) return TRANSPORT;
  if (word.startsWith('FBAInbound')) return INBOUND;
  return FEES[word] ?? null;
}
