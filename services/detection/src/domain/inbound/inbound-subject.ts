import type { ProductFacts } from '../facts.js';

/** The product's names, as far as the ledger or a payment tells them: shipments name its SKU and FNSKU only. */
export function subjectOf(
  { fnsku, sku }: { readonly fnsku: string; readonly sku: string },
  { ledger, reimbursements }: Pick<ProductFacts, 'ledger' | 'reimbursements'>,
): { fnsku: string; sku: string; asin: string; productName: string } {
  const row = ledger.find(({ data }) => data.fnsku === fnsku)?.data;
  if (row) return { fnsku, sku, asin: row.asin, productName: row.title };
  const paid = reimbursements.find(({ data }) => data.fnsku === fnsku)?.data;
  return { fnsku, sku, asin: paid?.asin ?? '', productName: paid?.productName ?? '' };
}
