import type { ClaimSubtype } from '@recoup/contracts';

const phrases: Readonly<Record<ClaimSubtype, string>> = {
  lost_warehouse: 'lost in a warehouse',
  damaged_warehouse: 'damaged in a warehouse',
  inbound_shortage: 'shipped to Amazon and not received',
  inbound_damaged: 'damaged on the way to Amazon',
  refund_not_returned: 'refunded and not returned',
  replacement_not_returned: 'replaced and not returned',
  return_damaged_by_amazon: 'returned and damaged by Amazon',
  return_wrong_item: 'refunded against the return of another item',
  return_lost_in_fc: 'returned and lost in a warehouse',
  refund_overcharge: 'refunded above the price paid',
  fulfilment_fee_overcharge: 'charged too high a fulfilment fee',
  storage_fee_overcharge: 'charged too high a storage fee',
  referral_fee_error: 'charged too high a referral fee',
  removal_lost: 'removed and not delivered',
  removal_damaged: 'removed and delivered damaged',
  disposed_unauthorised: 'disposed of without an order',
  missing_reimbursement: 'reimbursed and not paid out',
  reimbursement_undervalued: 'reimbursed below their value',
  reimbursement_reversed: 'reimbursed and charged back',
  inbound_defect_fee: 'charged an inbound fee without cause',
  unused_label_fee: 'charged for labels that were not used',
  fc_transfer_loss: 'lost between warehouses',
  product_redefinition_loss: 'lost when products were merged',
  lost_outbound: 'lost or damaged on the way to the buyer',
};

/** What happened to the units of a claim, to follow "3 units of …". */
export function whatHappened(subtype: ClaimSubtype): string {
  return phrases[subtype];
}
