import type { ClaimSubtype, ClaimType } from '@recoup/contracts';

const SUBTYPES: Record<ClaimSubtype, string> = {
  lost_warehouse: 'Lost inventory',
  damaged_warehouse: 'Damaged inventory',
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
