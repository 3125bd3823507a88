import { measureOn, rightFulfilmentCents } from '../fees/charges.js';
import { sizeTierOf } from '../fees/fulfilment-fee.js';
import { lengthAndGirth, type Measure } from '../fees/measure.js';
import { referralCents } from '../fees/referral-fee.js';
import type { AgedCharge, StorageCharge } from '../fees/storage-book.js';
import { decimal } from '../world/amount.js';
import type { Product } from '../world/product.js';
import type { World } from '../world/world.js';
import type { ReportScope, ReportType } from './report-type.js';

/** How Amazon writes what it does not know. */
const UNKNOWN = '--';

/** Ten-thousandths as a decimal string. */
function fine(value: number): string {
  return (value / 10_000).toFixed(4);
}

function sidesOf({ longest, median, shortest }: Measure): string[] {
  return [longest, median, shortest].map(decimal);
}

/** Months of which the scope touches a day: a month comes as a whole. */
function touches({ from, to }: ReportScope, firstDay: number, days: number): boolean {
  return firstDay <= to && firstDay + days > from;
}

/** Columns as observed, with underscores; no column names the SKU. */
export const storageFees: ReportType = {
  charset: 'UTF-8',
  quoted: false,
  header: [
    ...['asin', 'fnsku', 'product_name', 'fulfillment_center', 'country_code', 'longest_side'],
    ...['median_side', 'shortest_side', 'measurement_units', 'weight', 'weight_units'],
    ...['item_volume', 'volume_units', 'product_size_tier', 'average_quantity_on_hand'],
    ...['average_quantity_pending_removal', 'estimated_total_item_volume', 'month_of_charge'],
    ...['storage_utilization_ratio', 'storage_utilization_ratio_units', 'base_rate'],
    ...['utilization_surcharge_rate', 'avg_qty_for_sus', 'est_vol_for_sus', 'est_base_msf'],
    ...['est_sus', 'currency', 'estimated_monthly_storage_fee', 'dangerous_goods_storage_type'],
    ...['eligible_for_inventory_discount', 'qualifies_for_inventory_discount'],
    ...['total_incentive_fee_amount', 'breakdown_incentive_fee_amount'],
    'average_quantity_customer_orders',
  ],
  *rows({ storage, calendar }: World, scope) {
    for (const month of storage.publishedBefore(calendar.endMs)) {
      if (!touches(scope, month.firstDay, month.days)) continue;
      for (const charge of storage.chargesOf(month)) {
        const here = scope.marketplaceIds.includes(charge.product.marketplace.id);
        if (here) yield storageFields(charge);
      }
    }
  },
};

function storageFields(charge: StorageCharge): string[] {
  const { product, measure, averageUnits, volume, rate, cents, month, center } = charge;
  const { countryCode, currency } = product.marketplace;
  return [
    ...[product.asin, product.fnsku, product.title, center, countryCode],
    ...[...sidesOf(measure), 'inches', decimal(measure.weight), 'pounds'],
    ...[fine(volume), 'cubic feet', sizeTierOf(measure).name],
    ...[decimal(averageUnits), '0.00', fine(Math.round((averageUnits * volume) / 100)), month.name],
    ...[UNKNOWN, 'weeks', decimal(rate)],
    ...['0.00', '0.00', '0.0000', decimal(cents), '0.00'],
    ...[currency, decimal(cents), UNKNOWN, 'N', 'N', '0.00', UNKNOWN, UNKNOWN],
  ];
}

export const agedStorageFees: ReportType = {
  charset: 'ISO-8859-1',
  quoted: false,
  header: [
    ...['snapshot-date', 'sku', 'fnsku', 'asin', 'product-name', 'condition', 'per-unit-volume'],
    ...['currency', 'volume-unit', 'country', 'qty-charged', 'amount-charged'],
    ...['surcharge-age-tier', 'rate-surcharge'],
  ],
  *rows({ storage, calendar }: World, scope) {
    for (const month of storage.agedBefore(calendar.endMs)) {
      if (month.agedDay < scope.from || month.agedDay > scope.to) continue;
      for (const charge of storage.agedChargesOf(month)) {
        const here = scope.marketplaceIds.includes(charge.product.marketplace.id);
        if (here) yield agedFields(charge, calendar.name(month.agedDay));
      }
    }
  },
};

function agedFields({ product, units, volume, rate, cents, tier }: AgedCharge, day: string) {
  const { countryCode, currency } = product.marketplace;
  return [
    ...[`${day}T00:00:00+00:00`, product.sku, product.fnsku, product.asin, product.title, 'New'],
    ...[fine(volume), currency, 'cubic feet', countryCode, String(units), decimal(cents)],
    ...[tier, decimal(rate)],
  ];
}

/** Amazon has no preview for what began less than 72 hours ago. */
const PREVIEW_AFTER_MS = 72 * 3_600_000;

/** The columns that the United States and Canada have. */
export const feePreview: ReportType = {
  charset: 'ISO-8859-1',
  quoted: false,
  header: [
    ...['sku', 'fnsku', 'asin', 'product-name', 'product-group', 'brand', 'fulfilled-by'],
    ...['has-local-inventory', 'your-price', 'sales-price', 'longest-side', 'median-side'],
    ...['shortest-side', 'length-and-girth', 'unit-of-dimension', 'item-package-weight'],
    ...['unit-of-weight', 'product-size-tier', 'currency', 'estimated-fee-total'],
    ...['estimated-referral-fee-per-unit', 'estimated-variable-closing-fee'],
    'expected-fulfillment-fee-per-unit',
  ],
  settledAfterMs: PREVIEW_AFTER_MS,
  *rows({ products, calendar }: World, { marketplaceIds }) {
    const today = calendar.days - 1;
    for (const product of products) {
      const here = marketplaceIds.includes(product.marketplace.id);
      if (here) yield previewFields(product, calendar.name(today));
    }
  },
};

function previewFields(product: Product, day: string): string[] {
  const { priceCents, group, marketplace } = product;
  const measure = measureOn(product, day);
  const fulfilment = rightFulfilmentCents(product, day);
  const referral = referralCents(group, priceCents);
  return [
    ...[product.sku, product.fnsku, product.asin, product.title, group, UNKNOWN, 'Amazon', 'Yes'],
    ...[decimal(priceCents), UNKNOWN, ...sidesOf(measure), decimal(lengthAndGirth(measure))],
    ...['inches', decimal(measure.weight), 'pounds', sizeTierOf(measure).name],
    ...[marketplace.currency, decimal(fulfilment + referral), decimal(referral), UNKNOWN],
    decimal(fulfilment),
  ];
}
