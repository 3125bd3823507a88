import type { ClaimSubtype } from '@recoup/contracts';

/** How a payment without a case number is told to be for a claim: by its order, or by its product and its day. */
export interface PaidFor {
  readonly by: 'order' | 'product';
  readonly subtypes: readonly ClaimSubtype[];
}

const STOCK_LOSSES = ['lost_warehouse', 'fc_transfer_loss', 'product_redefinition_loss'] as const;
/** Found and paid by the order. */
const RETURNS = [
  'refund_not_returned',
  'replacement_not_returned',
  'return_damaged_by_amazon',
  'return_wrong_item',
  'return_lost_in_fc',
] as const;

/**
 * What Amazon pays by itself under each `reason` of the reimbursement report and of Finances, as those of sellers show them. Words
 * that are not among them match nothing: what they are for is not known.
 */
const REASONS: Readonly<Record<string, PaidFor>> = {
  lostwarehouse: { by: 'product', subtypes: STOCK_LOSSES },
  damagedwarehouse: { by: 'product', subtypes: ['damaged_warehouse'] },
  lostinbound: { by: 'product', subtypes: ['inbound_shortage'] },
  damagedinbound: { by: 'product', subtypes: ['inbound_damaged'] },
  removalorderlost: { by: 'product', subtypes: ['removal_lost'] },
  removalorderdamaged: { by: 'product', subtypes: ['removal_damaged'] },
  lostoutbound: { by: 'order', subtypes: ['lost_outbound'] },
  damagedoutbound: { by: 'order', subtypes: ['lost_outbound'] },
  customerreturn: { by: 'order', subtypes: RETURNS },
  customerserviceissue: { by: 'order', subtypes: RETURNS },
  // The older generation of Finances says why in words of its own (selling-partner-api-docs issue 757).
  warehouselost: { by: 'product', subtypes: STOCK_LOSSES },
  warehouselostmanual: { by: 'product', subtypes: STOCK_LOSSES },
  warehousedamage: { by: 'product', subtypes: ['damaged_warehouse'] },
  warehousedamageexception: { by: 'product', subtypes: ['damaged_warehouse'] },
  missingfrominbound: { by: 'product', subtypes: ['inbound_shortage'] },
};

/** What a payment of this reason can be for; null where that is not known. Spelling and case of the word vary. */
export function paidFor(reason: string): PaidFor | null {
  return REASONS[reason.toLowerCase().replace(/[^a-z]/g, '')] ?? null;
}
