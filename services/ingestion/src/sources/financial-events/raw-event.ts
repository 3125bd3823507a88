import type { RawAnswer } from '@recoup/facts';
import { allowed, scalars, type AllowList } from '../allow-list.js';

const amount = scalars('CurrencyCode', 'CurrencyAmount');
const charge = { ...scalars('ChargeType'), ChargeAmount: amount };
const fee = { ...scalars('FeeType'), FeeAmount: amount };
const promotion = { ...scalars('PromotionType', 'PromotionId'), PromotionAmount: amount };
const taxes = { ...scalars('TaxCollectionModel'), TaxesWithheld: charge };
const amounts = (...names: readonly string[]): AllowList =>
  Object.fromEntries(names.map((name) => [name, amount]));

const shipmentItem: AllowList = {
  ...scalars('SellerSKU', 'OrderItemId', 'OrderAdjustmentItemId', 'QuantityShipped'),
  ItemChargeList: charge,
  ItemChargeAdjustmentList: charge,
  ItemFeeList: fee,
  ItemFeeAdjustmentList: fee,
  ItemTaxWithheldList: taxes,
  PromotionList: promotion,
  PromotionAdjustmentList: promotion,
  ...amounts('CostOfPointsGranted', 'CostOfPointsReturned'),
};
const removalItem: AllowList = {
  ...scalars('RemovalShipmentItemId', 'TaxCollectionModel', 'FulfillmentNetworkSKU'),
  ...scalars('Quantity', 'AdjustedQuantity'),
  ...amounts('Revenue', 'FeeAmount', 'TaxAmount', 'TaxWithheld'),
  ...amounts('RevenueAdjustment', 'TaxAmountAdjustment', 'TaxWithheldAdjustment'),
};

/**
 * What of an event of any list is kept. Not in it: what sellers write themselves (their own order ids), and by which
 * instrument something was paid.
 */
const OF_EVENT: AllowList = {
  ...scalars('PostedDate', 'postedDate', 'TransactionPostedDate', 'TransactionCreationDate'),
  ...scalars('AmazonOrderId', 'OrderId', 'MerchantOrderId', 'OriginalRemovalOrderId'),
  ...scalars('MarketplaceName', 'MarketplaceId', 'SellerSKU', 'SKU', 'ASIN', 'ParentASIN', 'FnSKU'),
  ...scalars('FeeReason', 'FeeDescription', 'AdjustmentType', 'AdjustmentEventId', 'ReasonCode'),
  ...scalars('RetrochargeEventType', 'RentalEventType', 'DebtRecoveryType', 'TransactionType'),
  ...scalars('SourceBusinessEventType', 'transactionType', 'eventType', 'feeType', 'SwapReason'),
  ...scalars('SAFETClaimId', 'CouponId', 'PaymentEventId', 'ClipOrRedemptionCount', 'dealId'),
  ...scalars('EnrollmentId', 'ImagingRequestBillingItemID', 'NetCoTransactionID', 'invoiceId'),
  ...scalars('FinancialEventGroupId', 'Description', 'Status'),
  OrderChargeList: charge,
  OrderChargeAdjustmentList: charge,
  ShipmentFeeList: fee,
  ShipmentFeeAdjustmentList: fee,
  OrderFeeList: fee,
  OrderFeeAdjustmentList: fee,
  DirectPaymentList: { ...scalars('DirectPaymentType'), ...amounts('DirectPaymentAmount') },
  ShipmentItemList: shipmentItem,
  ShipmentItemAdjustmentList: shipmentItem,
  AdjustmentItemList: {
    ...scalars('Quantity', 'SellerSKU', 'FnSKU', 'ProductDescription', 'ASIN', 'TransactionNumber'),
    ...amounts('PerUnitAmount', 'TotalAmount'),
  },
  SAFETReimbursementItemList: {
    ...scalars('productDescription', 'quantity'),
    itemChargeList: charge,
  },
  RemovalShipmentItemList: removalItem,
  RemovalShipmentItemAdjustmentList: removalItem,
  RetrochargeTaxWithheldList: taxes,
  RentalTaxWithheldList: taxes,
  RentalChargeList: charge,
  RentalFeeList: fee,
  FeeList: fee,
  FeeComponent: fee,
  ChargeComponent: charge,
  Charge: charge,
  ChargeRefundTransactions: charge,
  DebtRecoveryItemList: {
    ...scalars('GroupBeginDate', 'GroupEndDate'),
    ...amounts('RecoveryAmount', 'OriginalAmount'),
  },
  ...amounts('AdjustmentAmount', 'ReimbursedAmount', 'BaseTax', 'ShippingTax', 'Amount'),
  ...amounts('LiquidationProceedsAmount', 'LiquidationFeeAmount', 'TotalAmount', 'feeAmount'),
  ...amounts('taxAmount', 'totalAmount', 'baseValue', 'taxValue', 'transactionValue'),
  ...amounts('TransactionAmount', 'LoanAmount', 'RecoveryAmount', 'OverPaymentCredit'),
  ...amounts('TaxExclusiveAmount', 'TaxAmount', 'BaseAmount', 'WithheldAmount', 'BaseExpense'),
  ...amounts('TotalExpense', 'RentalInitialValue', 'RentalReimbursement', 'TransferAmount'),
};

/** What is kept of an event of Finances v0, with the list that it was in. */
export function rawEvent(list: string, event: unknown): RawAnswer {
  return { list, event: allowed(event, OF_EVENT) };
}
