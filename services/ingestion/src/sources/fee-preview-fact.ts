import type { FeePreviewFact } from '@recoup/contracts';
import type { ReportRow } from '../amazon/tab-separated.js';
import { reportDecimal } from './report-decimal.js';
import { feeCellsOf } from './fee-cells.js';

/** Fees for fulfilment in another country, one column for each. */
const CROSS_BORDER = /^expected_efn_fulfil{1,2}ment_fee_per_unit_([a-z]{2})$/;

/**
 * What Amazon states to charge for a product in a marketplace, from a row of GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA. The
 * United States and Europe name some columns differently; `--` is what Amazon does not know.
 */
export function feePreviewFact(row: ReportRow, marketplaceId: string): FeePreviewFact {
  const cells = feeCellsOf(row);
  return {
    marketplaceId,
    sku: cells.text('sku'),
    fnsku: cells.maybeText('fnsku') ?? '',
    asin: cells.text('asin'),
    productName: cells.maybeText('product_name') ?? '',
    productGroup: cells.maybeText('product_group'),
    fulfilledBy: cells.maybeText('fulfilled_by'),
    price: cells.statedDecimal('your_price'),
    salesPrice: cells.maybeDecimal('sales_price'),
    measure: {
      longestSide: cells.statedDecimal('longest_side'),
      medianSide: cells.statedDecimal('median_side'),
      shortestSide: cells.statedDecimal('shortest_side'),
      lengthAndGirth: cells.maybeDecimal('length_and_girth'),
      lengthUnit: cells.maybeText('unit_of_dimension'),
      weight: cells.statedDecimal('item_package_weight'),
      weightUnit: cells.maybeText('unit_of_weight'),
      sizeTier: cells.maybeText('product_size_tier', 'product_size_weight_band'),
    },
    currency: cells.maybeText('currency'),
    estimatedTotal: cells.statedDecimal('estimated_fee_total'),
    referralPerUnit: cells.statedDecimal('estimated_referral_fee_per_unit'),
    closing: cells.maybeDecimal('estimated_variable_closing_fee'),
    fulfillmentPerUnit: cells.statedDecimal(
      'expected_fulfillment_fee_per_unit',
      'expected_fulfilment_fee_per_unit',
      'expected_domestic_fulfilment_fee_per_unit',
      'expected_domestic_fulfillment_fee_per_unit',
    ),
    crossBorderPerUnit: crossBorderFees(row),
  };
}

/** By country; null where the marketplace has no such columns or Amazon knows none of the fees. */
function crossBorderFees(row: ReportRow): Record<string, string> | null {
  const cells = feeCellsOf(row);
  const known = Object.keys(row).flatMap((column) => {
    const country = CROSS_BORDER.exec(column)?.[1];
    const fee = country === undefined ? null : cells.maybeText(column);
    return country === undefined || fee === null
      ? []
      : [[country.toUpperCase(), reportDecimal(fee, column)] as const];
  });
  return known.length === 0 ? null : Object.fromEntries(known);
}
