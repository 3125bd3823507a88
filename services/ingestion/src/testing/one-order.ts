/** One order as each route tells it, with a buyer in every part that Amazon has for one. */
const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
const address = { name: 'Jane Doe', addressLine1: '1 Elm Street', city: 'Springfield' };

export const apiOrder = {
  orderId: '111-1',
  createdTime: '2026-01-02T03:04:05.678Z',
  lastUpdatedTime: '2026-01-03T03:04:05-08:00',
  programs: ['PRIME'],
  associatedOrders: [{ orderId: '111-0', associationType: 'REPLACEMENT_ORIGINAL_ID' }],
  salesChannel: {
    channelName: 'AMAZON',
    marketplaceId: 'ATVPDKIKX0DER',
    marketplaceName: 'Amazon.com',
  },
  buyer: { buyerName: 'Jane Doe', buyerEmail: 'jane@example.com' },
  recipient: { deliveryAddress: { ...address, countryCode: 'US' } },
  fulfillment: {
    fulfillmentStatus: 'PARTIALLY_SHIPPED',
    fulfilledBy: 'AMAZON',
    fulfillmentServiceLevel: 'SECOND_DAY',
    somethingNew: { buyerName: 'Jane Doe' },
  },
  orderItems: [
    {
      orderItemId: '42',
      quantityOrdered: 2,
      product: {
        asin: 'B01',
        sellerSku: 'SKU-1',
        title: 'Kettle',
        price: { unitPrice: usd('19.99') },
        customization: { customizedUrl: 'https://example.com/for-jane' },
      },
      proceeds: {
        proceedsTotal: usd('46.42'),
        breakdowns: [
          {
            type: 'TAX',
            subtotal: usd('3.05'),
            detailedBreakdowns: [
              { subtype: 'ITEM', value: usd('3.00') },
              { subtype: 'SHIPPING', value: usd('0.45') },
              { subtype: 'DISCOUNT', value: usd('-0.40') },
            ],
          },
          { type: 'ITEM', subtotal: usd('39.98') },
          { type: 'SHIPPING', subtotal: usd('5') },
          { type: 'GIFT_WRAP', subtotal: usd('3.99') },
          { type: 'DISCOUNT', subtotal: usd('-6.00') },
          { type: 'COD_FEE', subtotal: usd('0.00') },
        ],
      },
      expense: { pointsCost: { pointsGranted: { pointsNumber: 3 } } },
      promotion: { breakdowns: [{ promotionId: 'SAVE' }] },
      cancellation: {
        cancellationRequest: { requester: 'BUYER', cancelReason: 'Jane has one already' },
      },
      fulfillment: {
        quantityFulfilled: 1,
        quantityUnfulfilled: 1,
        packing: { giftOption: { giftMessage: 'Yours, Jane', giftWrapLevel: 'PREMIUM' } },
      },
    },
  ],
} as const;

const money = (Amount: string) => ({ CurrencyCode: 'USD', Amount });

export const v0Order = {
  AmazonOrderId: '111-1',
  PurchaseDate: '2026-01-02T03:04:05Z',
  LastUpdateDate: '2026-01-03T11:04:05Z',
  OrderStatus: 'PartiallyShipped',
  FulfillmentChannel: 'AFN',
  SalesChannel: 'Amazon.com',
  MarketplaceId: 'ATVPDKIKX0DER',
  ShipServiceLevel: 'Std US D2D Dom',
  ShipmentServiceLevelCategory: 'SecondDay',
  IsPrime: true,
  BuyerInfo: { BuyerName: 'Jane Doe', PurchaseOrderNumber: 'PO-7' },
  ShippingAddress: {
    Name: 'Jane Doe',
    City: 'Springfield',
    PostalCode: '97477',
    CountryCode: 'US',
  },
} as const;

export const v0Item = {
  ASIN: 'B01',
  SellerSKU: 'SKU-1',
  OrderItemId: '42',
  Title: 'Kettle',
  QuantityOrdered: 2,
  QuantityShipped: 1,
  ItemPrice: money('39.98'),
  ItemTax: money('3.00'),
  ShippingPrice: money('5.00'),
  ShippingTax: money('0.45'),
  PromotionDiscount: money('4.00'),
  PromotionDiscountTax: money('0.40'),
  ShippingDiscount: money('2.00'),
  PromotionIds: ['SAVE'],
  IsGift: 'true',
  BuyerInfo: {
    GiftWrapPrice: money('3.99'),
    GiftMessageText: 'Yours, Jane',
    BuyerCustomizedInfo: { CustomizedURL: 'https://example.com/for-jane' },
  },
  BuyerRequestedCancel: {
    IsBuyerRequestedCancel: 'true',
    BuyerCancelReason: 'Jane has one already',
  },
} as const;

/** A row of an all-orders report, by normalised columns. */
export const orderRow: Readonly<Record<string, string>> = {
  amazon_order_id: '111-1',
  merchant_order_id: '',
  purchase_date: '2026-01-02T03:04:05+00:00',
  last_updated_date: '2026-01-03T03:04:05-08:00',
  order_status: 'Partially Shipped',
  fulfillment_channel: 'Amazon',
  sales_channel: 'Amazon.com',
  order_channel: '',
  ship_service_level: 'SecondDay',
  product_name: 'Kettle',
  sku: 'SKU-1',
  asin: 'B01',
  item_status: 'Unshipped',
  quantity: '2',
  currency: 'USD',
  item_price: '39.98',
  item_tax: '3.00',
  shipping_price: '5.0',
  shipping_tax: '0.45',
  gift_wrap_price: '3.99',
  gift_wrap_tax: '',
  item_promotion_discount: '4.00',
  ship_promotion_discount: '2.00',
  buyer_name: 'Jane Doe',
  ship_city: 'Springfield',
  ship_state: 'OR',
  ship_postal_code: '97477',
  ship_country: 'US',
  promotion_ids: 'SAVE',
  is_business_order: 'false',
  purchase_order_number: 'PO-7',
};
