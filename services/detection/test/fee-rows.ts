import {
  feePreviewFactSchema,
  storageFeeFactSchema,
  type FeePreviewFact,
  type StorageFeeFact,
} from '@recoup/contracts';
import type { Row } from './sandbox-rows.js';

const known = (text: string | undefined): string | null =>
  text === undefined || text === '' || text === '--' ? null : text;

export function storageFeeFact(row: Row): StorageFeeFact {
  return storageFeeFactSchema.parse({
    month: row['month_of_charge'],
    asin: row['asin'],
    fnsku: row['fnsku'],
    productName: row['product_name'],
    fulfillmentCenter: row['fulfillment_center'],
    country: row['country_code'],
    measure: {
      longestSide: known(row['longest_side']),
      medianSide: known(row['median_side']),
      shortestSide: known(row['shortest_side']),
      lengthAndGirth: null,
      lengthUnit: known(row['measurement_units']),
      weight: known(row['weight']),
      weightUnit: known(row['weight_units']),
      sizeTier: known(row['product_size_tier']),
    },
    itemVolume: known(row['item_volume']),
    volumeUnit: known(row['volume_units']),
    averageQuantityOnHand: known(row['average_quantity_on_hand']),
    averageQuantityPendingRemoval: known(row['average_quantity_pending_removal']),
    totalVolume: known(row['estimated_total_item_volume']),
    storageUtilizationRatio: known(row['storage_utilization_ratio']),
    baseRate: known(row['base_rate']),
    utilizationSurchargeRate: known(row['utilization_surcharge_rate']),
    currency: row['currency'],
    fee: row['estimated_monthly_storage_fee'],
    dangerousGoodsType: known(row['dangerous_goods_storage_type']),
    incentive: known(row['total_incentive_fee_amount']),
  });
}

export function feePreviewFact(row: Row, marketplaceId: string): FeePreviewFact {
  return feePreviewFactSchema.parse({
    marketplaceId,
    sku: row['sku'],
    fnsku: row['fnsku'],
    asin: row['asin'],
    productName: row['product_name'],
    productGroup: known(row['product_group']),
    fulfilledBy: known(row['fulfilled_by']),
    price: known(row['your_price']),
    salesPrice: known(row['sales_price']),
    measure: {
      longestSide: known(row['longest_side']),
      medianSide: known(row['median_side']),
      shortestSide: known(row['shortest_side']),
      lengthAndGirth: known(row['length_and_girth']),
      lengthUnit: known(row['unit_of_dimension']),
      weight: known(row['item_package_weight']),
      weightUnit: known(row['unit_of_weight']),
      sizeTier: known(row['product_size_tier']),
    },
    currency: known(row['currency']),
    estimatedTotal: known(row['estimated_fee_total']),
    referralPerUnit: known(row['estimated_referral_fee_per_unit']),
    closing: known(row['estimated_variable_closing_fee']),
    fulfillmentPerUnit: known(row['expected_fulfillment_fee_per_unit']),
    crossBorderPerUnit: null,
  });
}
