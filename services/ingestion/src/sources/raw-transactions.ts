import type { RawAnswer } from '@recoup/facts';
import { pruned } from './pruned.js';

/** Members of a transaction of 2024-06-19 that are kept. How something was paid for is not. */
const OF_TRANSACTION: ReadonlySet<string> = new Set([
  ...['transactionId', 'transactionType', 'transactionStatus', 'description', 'postedDate'],
  ...['totalAmount', 'currencyAmount', 'currencyCode', 'items', 'breakdowns', 'contexts'],
  ...['breakdownType', 'breakdownAmount', 'sellingPartnerMetadata', 'accountType'],
  ...['marketplaceDetails', 'marketplaceId', 'marketplaceName', 'relatedIdentifiers'],
  ...['relatedIdentifierName', 'relatedIdentifierValue'],
  ...['itemRelatedIdentifierName', 'itemRelatedIdentifierValue'],
  ...['contextType', 'asin', 'sku', 'quantityShipped', 'fulfillmentNetwork'],
  ...['deferralReason', 'maturityDate', 'startTime', 'endTime'],
]);

/** Members of an event of Finances v0 that are kept. Payment instruments and what sellers write themselves are not. */
const OF_EVENT: ReadonlySet<string> = new Set([
  ...['PostedDate', 'postedDate', 'TransactionPostedDate', 'TransactionCreationDate'],
  ...['AmazonOrderId', 'OrderId', 'MerchantOrderId', 'OriginalRemovalOrderId', 'TDSOrderId'],
  ...['MarketplaceName', 'MarketplaceId', 'CurrencyCode', 'CurrencyAmount'],
  ...['ShipmentItemList', 'ShipmentItemAdjustmentList', 'SellerSKU', 'SKU', 'ASIN', 'FnSKU'],
  ...['OrderItemId', 'OrderAdjustmentItemId', 'QuantityShipped', 'Quantity', 'quantity'],
  ...['ItemChargeList', 'ItemChargeAdjustmentList', 'ItemFeeList', 'ItemFeeAdjustmentList'],
  ...['ItemTaxWithheldList', 'PromotionList', 'PromotionAdjustmentList'],
  ...['CostOfPointsGranted', 'CostOfPointsReturned', 'TaxCollectionModel', 'TaxesWithheld'],
  ...['ChargeType', 'ChargeAmount', 'FeeType', 'FeeAmount', 'PromotionType', 'PromotionId'],
  ...['PromotionAmount', 'OrderChargeList', 'OrderChargeAdjustmentList', 'ShipmentFeeList'],
  ...['ShipmentFeeAdjustmentList', 'OrderFeeList', 'OrderFeeAdjustmentList'],
  ...['DirectPaymentList', 'DirectPaymentType', 'DirectPaymentAmount'],
  ...['FeeReason', 'FeeDescription', 'FeeList', 'FeeComponent', 'ChargeComponent'],
  ...['AdjustmentType', 'AdjustmentAmount', 'AdjustmentItemList', 'PerUnitAmount', 'TotalAmount'],
  ...['ProductDescription', 'productDescription', 'TransactionNumber', 'FinancialEventGroupId'],
  ...['SAFETClaimId', 'ReimbursedAmount', 'ReasonCode', 'SAFETReimbursementItemList'],
  ...['itemChargeList', 'RetrochargeEventType', 'BaseTax', 'ShippingTax'],
  ...['RetrochargeTaxWithheldList', 'TransactionType', 'transactionType', 'AdjustmentEventId'],
  ...['RemovalShipmentItemList', 'RemovalShipmentItemAdjustmentList', 'RemovalShipmentItemId'],
  ...['FulfillmentNetworkSKU', 'Revenue', 'TaxAmount', 'TaxWithheld', 'AdjustedQuantity'],
  ...['RevenueAdjustment', 'TaxAmountAdjustment', 'TaxWithheldAdjustment'],
  ...['LiquidationProceedsAmount', 'LiquidationFeeAmount', 'CouponId', 'PaymentEventId'],
  ...['ClipOrRedemptionCount', 'dealId', 'eventType', 'feeType', 'feeAmount', 'taxAmount'],
  ...['totalAmount', 'invoiceId', 'baseValue', 'taxValue', 'transactionValue', 'Description'],
  ...['TransactionAmount', 'Amount', 'LoanAmount', 'SourceBusinessEventType', 'RecoveryAmount'],
  ...['DebtRecoveryType', 'OverPaymentCredit', 'DebtRecoveryItemList', 'OriginalAmount'],
  ...['GroupBeginDate', 'GroupEndDate', 'ImagingRequestBillingItemID', 'EnrollmentId'],
  ...['ParentASIN', 'NetCoTransactionID', 'SwapReason', 'TaxExclusiveAmount', 'BaseAmount'],
  ...['WithheldAmount', 'ChargeRefundTransactions', 'BaseExpense', 'TotalExpense', 'Charge'],
  ...['RentalEventType', 'RentalChargeList', 'RentalFeeList', 'RentalTaxWithheldList'],
  ...['RentalInitialValue', 'RentalReimbursement', 'TransferAmount', 'Status'],
]);

/** What is kept of a transaction as Amazon sent it. */
export function prunedTransaction(original: unknown): RawAnswer {
  return pruned(original, OF_TRANSACTION) as RawAnswer;
}

/** What is kept of an event of Finances v0, with the list that it was in. */
export function prunedEvent(list: string, event: unknown): RawAnswer {
  return { list, event: pruned(event, OF_EVENT) };
}
