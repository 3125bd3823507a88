import { scalars, type AllowList } from './allow-list.js';

/*
 * What is kept of orders in Amazon's own words. Never a buyer, a recipient, an address, a gift message, a customization, a
 * tax registration or a payment; nor the reason of a cancellation or the note on a condition, which are sentences that
 * people write.
 */

const MONEY = scalars('amount', 'currencyCode');
const RANGE = scalars('earliestDateTime', 'latestDateTime');

/** `Order` of Orders 2026-01-01, without its items. */
export const ORDER: AllowList = {
  ...scalars('orderId', 'createdTime', 'lastUpdatedTime', 'programs'),
  orderAliases: scalars('aliasId', 'aliasType'),
  associatedOrders: scalars('orderId', 'associationType'),
  salesChannel: scalars('channelName', 'marketplaceId', 'marketplaceName'),
  proceeds: { grandTotal: MONEY, breakdowns: { ...scalars('type', 'status'), subtotal: MONEY } },
  fulfillment: {
    ...scalars('fulfillmentStatus', 'fulfilledBy', 'fulfillmentServiceLevel'),
    ...{ shipByWindow: RANGE, deliverByWindow: RANGE, labelPrintingWindow: RANGE },
  },
  fulfillmentOrders: scalars('fulfillmentOrderId'),
};

/** `OrderItem` of Orders 2026-01-01. */
export const ORDER_ITEM: AllowList = {
  ...scalars('orderItemId', 'quantityOrdered', 'programs'),
  measurement: scalars('unit', 'value'),
  associatedOrderItems: scalars('orderId', 'orderItemId', 'associationType'),
  product: {
    ...scalars('asin', 'title', 'sellerSku', 'serialNumbers'),
    condition: scalars('conditionType', 'conditionSubtype'),
    price: { unitPrice: MONEY, priceDesignation: true },
  },
  proceeds: {
    proceedsTotal: MONEY,
    breakdowns: {
      type: true,
      subtotal: MONEY,
      detailedBreakdowns: { subtype: true, value: MONEY },
    },
  },
  expense: {
    pointsCost: { pointsGranted: { pointsNumber: true, pointsMonetaryValue: MONEY } },
  },
  promotion: { breakdowns: scalars('promotionId') },
  cancellation: {
    cancellationRequest: scalars('requester'),
    cancellationExecution: scalars('cancelledBy'),
  },
  fulfillment: {
    ...scalars('quantityFulfilled', 'quantityUnfulfilled'),
    packing: {
      giftOption: scalars('giftWrapLevel'),
      serialNumberRequirement: scalars('requirementType'),
    },
    shipping: { scheduledDeliveryWindow: RANGE },
  },
};

const V0_MONEY = scalars('Amount', 'CurrencyCode');

/** `Order` of Orders v0. */
export const V0_ORDER: AllowList = {
  ...scalars('AmazonOrderId', 'SellerOrderId', 'PurchaseDate', 'LastUpdateDate', 'OrderStatus'),
  ...scalars('FulfillmentChannel', 'SalesChannel', 'OrderChannel', 'ShipServiceLevel'),
  ...scalars('NumberOfItemsShipped', 'NumberOfItemsUnshipped', 'MarketplaceId', 'OrderType'),
  ...scalars('ShipmentServiceLevelCategory', 'EasyShipShipmentStatus', 'PromiseResponseDueDate'),
  ...scalars('EarliestShipDate', 'LatestShipDate', 'EarliestDeliveryDate', 'LatestDeliveryDate'),
  ...scalars('IsBusinessOrder', 'IsPrime', 'IsPremiumOrder', 'IsGlobalExpressEnabled'),
  ...scalars('IsReplacementOrder', 'ReplacedOrderId', 'IsEstimatedShipDateSet', 'IsSoldByAB'),
  ...scalars('IsIBA', 'IsISPU', 'IsAccessPointOrder', 'HasRegulatedItems'),
  ...scalars('ElectronicInvoiceStatus'),
  OrderTotal: V0_MONEY,
  FulfillmentInstruction: scalars('FulfillmentSupplySourceId'),
};

const V0_AMOUNTS = {
  ...{ ItemPrice: V0_MONEY, ShippingPrice: V0_MONEY, ItemTax: V0_MONEY, ShippingTax: V0_MONEY },
  ...{ ShippingDiscount: V0_MONEY, ShippingDiscountTax: V0_MONEY, PromotionDiscount: V0_MONEY },
  ...{ PromotionDiscountTax: V0_MONEY, CODFee: V0_MONEY, CODFeeDiscount: V0_MONEY },
};

/** `OrderItem` of Orders v0. */
export const V0_ORDER_ITEM: AllowList = {
  ...scalars('ASIN', 'SellerSKU', 'OrderItemId', 'Title', 'QuantityOrdered', 'QuantityShipped'),
  ...scalars('PromotionIds', 'IsGift', 'ConditionId', 'ConditionSubtypeId', 'PriceDesignation'),
  ...scalars('ScheduledDeliveryStartDate', 'ScheduledDeliveryEndDate', 'SerialNumberRequired'),
  ...scalars('IsTransparency', 'IossNumber', 'StoreChainStoreId', 'DeemedResellerCategory'),
  ...scalars('SerialNumbers'),
  ...V0_AMOUNTS,
  AssociatedItems: scalars('OrderId', 'OrderItemId', 'AssociationType'),
  ProductInfo: scalars('NumberOfItems'),
  PointsGranted: { PointsNumber: true, PointsMonetaryValue: V0_MONEY },
  TaxCollection: scalars('Model', 'ResponsibleParty'),
  BuyerRequestedCancel: scalars('IsBuyerRequestedCancel'),
  Measurement: scalars('Unit', 'Value'),
  AmazonPrograms: scalars('Programs'),
};

/** Columns of the all-orders reports that tell of an order. The places a parcel goes to are not among them. */
export const ORDER_COLUMNS: AllowList = {
  ...scalars('merchant_order_id', 'order_status', 'sales_channel', 'order_channel'),
  ...scalars('ship_service_level', 'is_business_order', 'number_of_items'),
  ...scalars('is_replacement_order', 'original_order_id'),
};

/** Columns of the all-orders reports that tell of a line. */
export const LINE_COLUMNS: AllowList = {
  ...scalars('item_status', 'quantity', 'currency', 'item_price', 'item_tax', 'shipping_price'),
  ...scalars('shipping_tax', 'gift_wrap_price', 'gift_wrap_tax', 'item_promotion_discount'),
  ...scalars('ship_promotion_discount', 'promotion_ids', 'price_designation'),
  ...scalars('tax_collection_model', 'tax_collection_responsible_party', 'fulfilled_by'),
};
