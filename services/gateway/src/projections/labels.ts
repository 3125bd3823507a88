import type { ClaimSubtype, ClaimType } from '@recoup/contracts';

const SUBTYPES: Record<ClaimSubtype, string> = {
  lost_warehouse: 'Lost inventory',
  damaged_warehouse: 'Damaged inventory',
  inbound_shortage: 'Shipment received short',
  inbound_damaged: 'Shipment damaged on the way in',
  refund_not_returned: 'Refund without a return',
  replacement_not_returned: 'Replacement without a return',
  return_damaged_by_amazon: 'Return damaged by Amazon',
  return_wrong_item: 'Wrong item returned',
  return_lost_in_fc: 'Return lost in the warehouse',
  refund_overcharge: 'Refund above the price paid',
  fulfilment_fee_overcharge: 'Fulfilment fee too high',
  storage_fee_overcharge: 'Storage fee too high',
  referral_fee_error: 'Referral fee too high',
  removal_lost: 'Removal lost on the way',
  removal_damaged: 'Removal damaged on the way',
  disposed_unauthorised: 'Disposed of without an order',
  missing_reimbursement: 'Reimbursement not paid out',
  reimbursement_undervalued: 'Reimbursement too low',
  reimbursement_reversed: 'Reimbursement taken back',
  inbound_defect_fee: 'Inbound fee without cause',
  unused_label_fee: 'Labels paid and not used',
  fc_transfer_loss: 'Lost between warehouses',
  product_redefinition_loss: 'Lost when products were merged',
  lost_outbound: 'Lost or damaged on the way to the buyer',
};

const TYPES: Record<ClaimType, string> = {
  lost_inventory: 'Lost Inventory',
  damaged_goods: 'Damaged Goods',
  fee_overcharge: 'Overcharge',
  missing_reimbursement: 'Missing Reimbursement',
};

/** The words that activity and titles use. */
export function subtypeLabel(subtype: ClaimSubtype): string {
  return SUBTYPES[subtype];
}

/** The words of the `type` column of lists. */
export function typeLabel(type: ClaimType): string {
  return TYPES[type];
}
