import { z } from 'zod';
import { daySchema, moneySchema } from '../money.js';
import { currency, decimal, int, maybeCurrency, maybeDecimal, maybeText, text } from './words.js';

/** Sides and weight of a product as Amazon measured it, in the units that it names. */
const measureSchema = z.object({
  longestSide: maybeDecimal,
  medianSide: maybeDecimal,
  shortestSide: maybeDecimal,
  lengthAndGirth: maybeDecimal,
  lengthUnit: maybeText,
  weight: maybeDecimal,
  weightUnit: maybeText,
  sizeTier: maybeText,
});

/** A month's storage of one product in one place (GET_FBA_STORAGE_FEE_CHARGES_DATA). It names no SKU. */
export const storageFeeFactSchema = z.object({
  /** `YYYY-MM`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  asin: text,
  fnsku: text.min(1),
  productName: text,
  fulfillmentCenter: text,
  country: text,
  measure: measureSchema,
  itemVolume: maybeDecimal,
  volumeUnit: maybeText,
  averageQuantityOnHand: maybeDecimal,
  averageQuantityPendingRemoval: maybeDecimal,
  totalVolume: maybeDecimal,
  storageUtilizationRatio: maybeDecimal,
  baseRate: maybeDecimal,
  utilizationSurchargeRate: maybeDecimal,
  currency,
  fee: decimal,
  dangerousGoodsType: maybeText,
  incentive: maybeDecimal,
});
export type StorageFeeFact = z.infer<typeof storageFeeFactSchema>;

/** The surcharge for aged stock (GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA). */
export const agedStorageFeeFactSchema = z.object({
  snapshotDay: daySchema,
  sku: text,
  fnsku: text.min(1),
  asin: text,
  productName: text,
  condition: maybeText,
  perUnitVolume: maybeDecimal,
  volumeUnit: maybeText,
  country: text,
  quantityCharged: int,
  amountCharged: decimal,
  currency,
  ageTier: text,
  rate: maybeDecimal,
});
export type AgedStorageFeeFact = z.infer<typeof agedStorageFeeFactSchema>;

/** What Amazon itself states to charge for a product, with its measures (GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA). */
export const feePreviewFactSchema = z.object({
  /** The one that was asked for: the report does not name it. */
  marketplaceId: text,
  sku: text,
  fnsku: text,
  asin: text,
  productName: text,
  productGroup: maybeText,
  fulfilledBy: maybeText,
  price: maybeDecimal,
  salesPrice: maybeDecimal,
  measure: measureSchema,
  currency: maybeCurrency,
  estimatedTotal: maybeDecimal,
  referralPerUnit: maybeDecimal,
  closing: maybeDecimal,
  /** Shipped within the country. */
  fulfillmentPerUnit: maybeDecimal,
  /** Shipped to buyers in other countries (European Fulfilment Network), by country code. */
  crossBorderPerUnit: z.record(z.string().length(2), decimal).nullable(),
});
export type FeePreviewFact = z.infer<typeof feePreviewFactSchema>;

const feeDetailSchema = z.object({
  type: text,
  amount: moneySchema,
  promotion: moneySchema.nullable(),
  tax: moneySchema.nullable(),
  final: moneySchema,
  get included() {
    return z.array(feeDetailSchema);
  },
});

/**
 * What the fees operation estimates for one unit of a product at a price; `error` where Amazon refuses to. The result is
 * one column, so that it is replaced whole: a refusal leaves nothing of the estimate before it. Without the time of
 * asking, which would make every asking a new version.
 */
export const feeEstimateFactSchema = z.object({
  marketplaceId: text,
  sku: text.min(1),
  result: z.object({
    /** `Success` or `ClientError`. */
    status: text,
    /** What was asked with. */
    price: moneySchema,
    error: maybeText,
    total: moneySchema.nullable(),
    details: z.array(feeDetailSchema).nullable(),
  }),
});
export type FeeEstimateFact = z.infer<typeof feeEstimateFactSchema>;
