import type { ClaimSubtype } from '@recoup/contracts';

/**
 * Losses before a sale, which Amazon values at what the unit cost its seller (in force since 2025-03-31); losses after it are
 * worth a price less fees, and charges what was charged: there no word of the seller is of use.
 */
const AT_COST: ReadonlySet<ClaimSubtype> = new Set([
  'lost_warehouse',
  'damaged_warehouse',
  'inbound_shortage',
  'inbound_damaged',
  'removal_lost',
  'removal_damaged',
  'disposed_unauthorised',
  'fc_transfer_loss',
  'product_redefinition_loss',
]);

/** Whether what a unit cost the seller decides what this kind of claim is worth. */
export function takesSellersWord({ subtype }: { readonly subtype: ClaimSubtype }): boolean {
  return AT_COST.has(subtype);
}
