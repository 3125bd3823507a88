import { z } from 'zod';

/** Amazon's model of Finances v0 requires no member of anything. */
const text = z.string().nullish();

export const currencySchema = z
  .object({
    CurrencyCode: text,
    CurrencyAmount: z.union([z.number(), z.string()]).nullish(),
  })
  .nullish();
export type Currency = z.infer<typeof currencySchema>;

const chargesSchema = z
  .array(z.object({ ChargeType: text, ChargeAmount: currencySchema }))
  .nullish();
const feesSchema = z.array(z.object({ FeeType: text, FeeAmount: currencySchema })).nullish();
const promotionsSchema = z.array(z.object({ PromotionAmount: currencySchema })).nullish();
const taxesSchema = z.array(z.object({ TaxesWithheld: chargesSchema })).nullish();
export type Charges = z.infer<typeof chargesSchema>;
export type Fees = z.infer<typeof feesSchema>;
export type Promotions = z.infer<typeof promotionsSchema>;
export type TaxesWithheld = z.infer<typeof taxesSchema>;

const shipmentItemsSchema = z
  .array(
    z.object({
      SellerSKU: text,
      OrderItemId: text,
      OrderAdjustmentItemId: text,
      QuantityShipped: z.int().nullish(),
      ItemChargeList: chargesSchema,
      ItemChargeAdjustmentList: chargesSchema,
      ItemFeeList: feesSchema,
      ItemFeeAdjustmentList: feesSchema,
      ItemTaxWithheldList: taxesSchema,
      PromotionList: promotionsSchema,
      PromotionAdjustmentList: promotionsSchema,
      CostOfPointsGranted: currencySchema,
      CostOfPointsReturned: currencySchema,
    }),
  )
  .nullish();
export type ShipmentItem = NonNullable<z.infer<typeof shipmentItemsSchema>>[number];

/** A shipment, refund, guarantee claim or chargeback. */
export const shipmentEventSchema = z.object({
  AmazonOrderId: text,
  PostedDate: text,
  OrderChargeList: chargesSchema,
  OrderChargeAdjustmentList: chargesSchema,
  ShipmentFeeList: feesSchema,
  ShipmentFeeAdjustmentList: feesSchema,
  OrderFeeList: feesSchema,
  OrderFeeAdjustmentList: feesSchema,
  DirectPaymentList: z
    .array(z.object({ DirectPaymentType: text, DirectPaymentAmount: currencySchema }))
    .nullish(),
  ShipmentItemList: shipmentItemsSchema,
  ShipmentItemAdjustmentList: shipmentItemsSchema,
});
export type ShipmentEvent = z.infer<typeof shipmentEventSchema>;

export const adjustmentEventSchema = z.object({
  AdjustmentType: text,
  PostedDate: text,
  AdjustmentAmount: currencySchema,
  AdjustmentItemList: z
    .array(
      z.object({
        /** A number written as text. */
        Quantity: z.union([z.string(), z.number()]).nullish(),
        TotalAmount: currencySchema,
        SellerSKU: text,
        FnSKU: text,
        ASIN: text,
      }),
    )
    .nullish(),
});
export type AdjustmentEvent = z.infer<typeof adjustmentEventSchema>;

/** The members that are read of all other events, each of which has a few of them. */
export const otherEventSchema = z.object({
  PostedDate: text,
  postedDate: text,
  TransactionPostedDate: text,
  TransactionCreationDate: text,
  AmazonOrderId: text,
  OrderId: text,
  OriginalRemovalOrderId: text,
  SellerSKU: text,
  SKU: text,
  FeeReason: text,
  FeeDescription: text,
  ReasonCode: text,
  TransactionType: text,
  FeeList: feesSchema,
  FeeComponent: z.object({ FeeType: text, FeeAmount: currencySchema }).nullish(),
  ChargeComponent: z.object({ ChargeType: text, ChargeAmount: currencySchema }).nullish(),
  feeType: text,
  feeAmount: currencySchema,
  taxAmount: currencySchema,
  TransactionAmount: currencySchema,
  ReimbursedAmount: currencySchema,
  BaseTax: currencySchema,
  ShippingTax: currencySchema,
  RetrochargeTaxWithheldList: taxesSchema,
  RemovalShipmentItemList: z
    .array(
      z.object({
        Revenue: currencySchema,
        FeeAmount: currencySchema,
        TaxAmount: currencySchema,
        TaxWithheld: currencySchema,
      }),
    )
    .nullish(),
  RemovalShipmentItemAdjustmentList: z
    .array(
      z.object({
        RevenueAdjustment: currencySchema,
        TaxAmountAdjustment: currencySchema,
        TaxWithheldAdjustment: currencySchema,
      }),
    )
    .nullish(),
});
export type OtherEvent = z.infer<typeof otherEventSchema>;
