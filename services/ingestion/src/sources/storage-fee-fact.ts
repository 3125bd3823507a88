import type { AgedStorageFeeFact, StorageFeeFact } from '@recoup/contracts';
import { UnexpectedAnswer } from '../amazon/errors.js';
import type { ReportRow } from '../amazon/tab-separated.js';
import { feeCellsOf } from './fee-cells.js';
import { ledgerDay } from './ledger-fact.js';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** A month's storage of a product in one place, from a row of GET_FBA_STORAGE_FEE_CHARGES_DATA (columns as observed in 2026). */
export function storageFeeFact(row: ReportRow): StorageFeeFact {
  const cells = feeCellsOf(row);
  return {
    month: chargedMonth(cells.text('month_of_charge')),
    asin: cells.text('asin'),
    fnsku: cells.text('fnsku'),
    productName: cells.maybeText('product_name') ?? '',
    fulfillmentCenter: cells.text('fulfillment_center'),
    country: cells.text('country_code'),
    measure: {
      longestSide: cells.statedDecimal('longest_side'),
      medianSide: cells.statedDecimal('median_side'),
      shortestSide: cells.statedDecimal('shortest_side'),
      lengthAndGirth: null,
      lengthUnit: cells.maybeText('measurement_units'),
      weight: cells.statedDecimal('weight'),
      weightUnit: cells.maybeText('weight_units'),
      sizeTier: cells.maybeText('product_size_tier'),
    },
    itemVolume: cells.statedDecimal('item_volume'),
    volumeUnit: cells.maybeText('volume_units'),
    averageQuantityOnHand: cells.statedDecimal('average_quantity_on_hand'),
    averageQuantityPendingRemoval: cells.maybeDecimal('average_quantity_pending_removal'),
    totalVolume: cells.maybeDecimal('estimated_total_item_volume'),
    storageUtilizationRatio: cells.maybeDecimal('storage_utilization_ratio'),
    baseRate: cells.maybeDecimal('base_rate'),
    utilizationSurchargeRate: cells.maybeDecimal('utilization_surcharge_rate'),
    currency: cells.text('currency'),
    fee: cells.decimal('estimated_monthly_storage_fee'),
    dangerousGoodsType: cells.maybeText('dangerous_goods_storage_type'),
    incentive: cells.maybeDecimal('total_incentive_fee_amount'),
  };
}

function chargedMonth(text: string): string {
  if (!MONTH.test(text)) throw new UnexpectedAnswer(`month_of_charge holds no month: ${text}`);
  return text;
}

/** A surcharge for aged stock, from a row of GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA. */
export function agedStorageFeeFact(row: ReportRow): AgedStorageFeeFact {
  const cells = feeCellsOf(row);
  return {
    // A day, some marketplaces with a time behind it.
    snapshotDay: ledgerDay(cells.text('snapshot_date').replace(/[T ].*$/, '')),
    sku: cells.text('sku'),
    fnsku: cells.text('fnsku'),
    asin: cells.text('asin'),
    productName: cells.maybeText('product_name') ?? '',
    condition: cells.maybeText('condition'),
    perUnitVolume: cells.statedDecimal('per_unit_volume'),
    volumeUnit: cells.maybeText('volume_unit'),
    country: cells.text('country'),
    quantityCharged: wholeNumber(cells.decimal('qty_charged')),
    amountCharged: cells.decimal('amount_charged'),
    currency: cells.text('currency'),
    ageTier: cells.text('surcharge_age_tier'),
    rate: cells.maybeDecimal('rate_surcharge'),
  };
}

function wholeNumber(decimal: string): number {
  if (!/^\d+(\.0+)?$/.test(decimal)) {
    throw new UnexpectedAnswer(`qty_charged holds no whole number: ${decimal}`);
  }
  return Number(decimal);
}
