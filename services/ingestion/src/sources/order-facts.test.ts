import { orderFactSchema, orderItemFactSchema } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from '../amazon/errors.js';
import { amazonOrderSchema } from '../amazon/orders.js';
import { v0OrderItemSchema, v0OrderSchema } from '../amazon/orders-v0.js';
import { orderRow as factsOfRow } from './order-row-fact.js';
import { orderFact, orderItemFacts } from './order-fact.js';
import { numbered } from './order-lines.js';
import { orderItemV0Facts, orderV0Fact } from './order-v0-fact.js';
import { apiOrder, orderRow, v0Item, v0Order } from '../testing/one-order.js';

const byApi = () => amazonOrderSchema.parse(apiOrder);
const itemsByV0 = (items: readonly object[]) =>
  orderItemV0Facts(
    '111-1',
    items.map((item) => v0OrderItemSchema.parse(item)),
  );

describe('one order by three routes', () => {
  const common = {
    orderId: '111-1',
    marketplaceId: 'ATVPDKIKX0DER',
    createdAt: '2026-01-02T03:04:05Z',
    updatedAt: '2026-01-03T11:04:05Z',
    status: 'PARTIALLY_SHIPPED',
    fulfilledBy: 'AMAZON',
    salesChannel: 'Amazon.com',
    serviceLevel: 'SECOND_DAY',
  };
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  const line = {
    orderId: '111-1',
    sku: 'SKU-1',
    asin: 'B01',
    ordinal: 0,
    title: 'Kettle',
    quantity: 2,
    unitPrice: usd('19.99'),
    proceeds: [
      { type: 'ITEM', subtotal: usd('39.98') },
      { type: 'SHIPPING', subtotal: usd('5.00') },
      { type: 'GIFT_WRAP', subtotal: usd('3.99') },
      { type: 'TAX', subtotal: usd('3.45') },
      { type: 'DISCOUNT', subtotal: usd('-6.00') },
    ],
  };

  it('given searchOrders, then the common fields, and all but the country of the parcel', () => {
    const { data } = orderFact(byApi());
    expect(orderFactSchema.parse(data)).toEqual({ ...common, shipCountry: null });
    const [item] = orderItemFacts(byApi());
    expect(orderItemFactSchema.parse(item?.data)).toEqual({
      ...line,
      orderItemId: '42',
      quantityShipped: 1,
    });
  });

  it('given v0, then the same fields', () => {
    const { data } = orderV0Fact(v0OrderSchema.parse(v0Order));
    expect(orderFactSchema.parse(data)).toEqual({ ...common, shipCountry: 'US' });
    const [item] = itemsByV0([v0Item]);
    expect(orderItemFactSchema.parse(item?.data)).toEqual({
      ...line,
      orderItemId: '42',
      quantityShipped: 1,
    });
  });

  it('given a report, then the same fields, less what it has no column for', () => {
    const read = factsOfRow(orderRow);
    expect(orderFactSchema.parse(read.order.data)).toEqual({ ...common, shipCountry: 'US' });
    const [item] = numbered([read.line]);
    expect(orderItemFactSchema.parse(item?.data)).toEqual({
      ...line,
      orderItemId: null,
      quantityShipped: null,
    });
  });

  it('given buyers in every part of the answers, then none is in a fact nor in what is kept of the answer', () => {
    const read = factsOfRow(orderRow);
    const given = [
      orderFact(byApi()),
      ...orderItemFacts(byApi()),
      orderV0Fact(v0OrderSchema.parse(v0Order)),
      ...itemsByV0([v0Item]),
      read.order,
      read.line,
    ];
    expect(JSON.stringify([apiOrder, v0Order, v0Item, orderRow])).toMatch(/Jane/);
    expect(JSON.stringify(given)).not.toMatch(/Jane|Elm Street|Springfield|97477|PO-7|jane@/i);
  });

  it('given parts that no fact has, then they are kept as Amazon said them', () => {
    expect(orderFact(byApi()).raw).toMatchObject({
      programs: ['PRIME'],
      associatedOrders: [{ orderId: '111-0', associationType: 'REPLACEMENT_ORIGINAL_ID' }],
    });
    expect(orderItemFacts(byApi())[0]?.raw).toMatchObject({
      promotion: { breakdowns: [{ promotionId: 'SAVE' }] },
      expense: { pointsCost: { pointsGranted: { pointsNumber: 3 } } },
      cancellation: { cancellationRequest: { requester: 'BUYER' } },
    });
    expect(orderV0Fact(v0OrderSchema.parse(v0Order)).raw).toMatchObject({ IsPrime: true });
    expect(itemsByV0([v0Item])[0]?.raw).toMatchObject({ PromotionIds: ['SAVE'], IsGift: 'true' });
    expect(factsOfRow(orderRow).order.raw).toMatchObject({ is_business_order: 'false' });
    expect(factsOfRow(orderRow).line.raw).toMatchObject({ promotion_ids: 'SAVE' });
  });
});

describe('an order that is not paid yet', () => {
  it('given no price, then what the line costs is unknown and not zero', () => {
    const { ItemPrice: _, ...unpriced } = v0Item;
    const { proceeds: __, ...item } = apiOrder.orderItems[0];
    const pending = { ...apiOrder, orderItems: [item] };
    const empty = { currency: '', item_price: '', item_tax: '' };
    for (const data of [
      itemsByV0([unpriced])[0]?.data,
      orderItemFacts(amazonOrderSchema.parse(pending))[0]?.data,
      factsOfRow({ ...orderRow, ...empty }).line.data,
    ]) {
      expect(data?.proceeds).toBeNull();
    }
  });
});

describe('a row of a report', () => {
  it('given a cancelled line with a zero in place of its quantity, then the quantity is unknown', () => {
    const cancelled = { ...orderRow, item_status: 'Cancelled', quantity: '0', item_price: '' };
    expect(factsOfRow(cancelled).line.data).toMatchObject({ quantity: null, unitPrice: null });
    expect(factsOfRow({ ...orderRow, item_status: 'Cancelled' }).line.data.quantity).toBe(2);
  });

  it('given a discount with the other sign, then it is the same discount', () => {
    const negative = { ...orderRow, item_promotion_discount: '-4.00', ship_promotion_discount: '' };
    expect(factsOfRow(negative).line.data.proceeds?.at(-1)?.subtotal.amount).toBe('-4.00');
  });

  it('given yen, then the digits that yen have', () => {
    const yen = { ...orderRow, currency: 'JPY', item_price: '24732.00', quantity: '1' };
    const free = { shipping_price: '', gift_wrap_price: '', item_tax: '0.00', shipping_tax: '' };
    const none = { gift_wrap_tax: '', item_promotion_discount: '', ship_promotion_discount: '' };
    expect(factsOfRow({ ...yen, ...free, ...none }).line.data).toMatchObject({
      unitPrice: { amount: '24732', currency: 'JPY' },
      proceeds: [{ type: 'ITEM', subtotal: { amount: '24732', currency: 'JPY' } }],
    });
  });

  it('given an order from elsewhere, then no marketplace', () => {
    const other = { ...orderRow, sales_channel: 'Non-Amazon US' };
    expect(factsOfRow(other).order.data).toMatchObject({
      marketplaceId: null,
      salesChannel: 'Non-Amazon US',
    });
  });

  it.each(['last_updated_date', 'quantity', 'item_price', 'ship_promotion_discount'])(
    'given a report without the column %s, then it is refused instead of read as nothing',
    (column) => {
      const { [column]: _, ...row } = orderRow;
      expect(() => factsOfRow(row)).toThrow(UnexpectedAnswer);
    },
  );
});
