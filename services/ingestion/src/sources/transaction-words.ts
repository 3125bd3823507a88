/**
 * The vocabulary of transactions. Finances v0 documents its words (models of Amazon, ChargeComponent); those of 2024-06-19
 * are not documented and are as others have observed them in answers of 2024 to 2026. Where 2024-06-19 is finer (a discount
 * on the price or on shipping), the coarser word of v0 is taken, so that both generations say the same.
 */
const AMOUNTS: Readonly<Record<string, string>> = {
  OurPricePrincipal: 'Principal',
  OurPriceTax: 'Tax',
  OurPriceDiscount: 'Promotion',
  ShippingDiscount: 'Promotion',
  PromoRebates: 'Promotion',
  ShippingPrincipal: 'ShippingCharge',
  GiftwrapPrincipal: 'GiftWrap',
  Giftwrap: 'GiftWrap',
  GiftwrapTax: 'GiftWrapTax',
  GoodwillPrincipal: 'Goodwill',
  RestockingDeductionPrincipal: 'RestockingFee',
  RestockingDeductionTax: 'RestockingFee',
};

/** Kinds of adjustment by which Amazon pays for stock, beside the documented `FBAInventoryReimbursement`. */
const REIMBURSEMENTS: ReadonlySet<string> = new Set([
  'FBAInventoryReimbursement',
  'WAREHOUSE_LOST',
  'WAREHOUSE_LOST_MANUAL',
  'WAREHOUSE_DAMAGE',
  'WAREHOUSE_DAMAGE_EXCEPTION',
  'MISSING_FROM_INBOUND',
  'CS_ERROR_ITEMS',
  'CRETURN_WRONG_ITEM',
  'FREE_REPLACEMENT_REFUND_ITEMS',
]);

/** Kinds by which it takes such a payment back. */
const REVERSALS: ReadonlySet<string> = new Set([
  'FBAReversedReimbursement',
  'REVERSAL_REIMBURSEMENT',
  'COMPENSATED_CLAWBACK',
]);

/** Parts that explain the amount they are under, and are no kind of their own: a fee, its tax, a rebate on it. */
const PARTS: ReadonlySet<string> = new Set(['Base', 'Tax', 'Promo']);

/** Headings that only group amounts. */
const HEADINGS: ReadonlySet<string> = new Set([
  'Sales',
  'Expenses',
  'Refunded Sales',
  'Refunded Expenses',
  'ProductCharges',
  'Shipping',
  'PromoRebates',
  'Tax',
  'AmazonFees',
  'FBAFees',
]);

const TYPES: Readonly<Record<string, string>> = {
  FBAInventoryReimbursement: 'Adjustment',
  ChargebackRefund: 'Chargeback',
  AtoZGuaranteeClaim: 'GuaranteeClaim',
  SAFETReimbursement: 'SafetReimbursement',
};

/** The type of a transaction from Amazon's `transactionType`. */
export function typeOf(transactionType: string): string {
  return TYPES[transactionType] ?? transactionType;
}

/** What an amount is for, by Amazon's word for it. Payments for stock are told from their reversals by their sign too. */
export function wordOf(amazonWord: string, decimal: string): string {
  if (REVERSALS.has(amazonWord)) return 'FBAReversedReimbursement';
  if (REIMBURSEMENTS.has(amazonWord)) {
    return decimal.startsWith('-') ? 'FBAReversedReimbursement' : 'FBAInventoryReimbursement';
  }
  return AMOUNTS[amazonWord] ?? amazonWord;
}

/** The word of an amount at the end of a path of breakdowns, outermost first. */
export function wordOfPath(path: readonly string[]): string {
  const last = path.at(-1) ?? 'Other';
  const above = path.at(-2);
  const explains = PARTS.has(last) && above !== undefined && !HEADINGS.has(above);
  return explains ? above : last;
}
