import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusal, startRig, US_ID, US_SELLER, type Reply, type Rig } from '../testing/rig.js';

const SEARCH = '/orders/2026-01-01/orders?createdAfter=2026-03-01T00:00:00Z';
const V0 = `/orders/v0/orders?CreatedAfter=2026-03-01T00:00:00Z&MarketplaceIds=${US_ID}`;
const DOOR = `/sandbox/sellers/${US_SELLER}/buyers`;
const RDT = '/tokens/2021-03-01/restrictedDataToken';

const buyerSchema = z.object({
  orderId: z.string(),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  street: z.string(),
});
const doorSchema = z.object({
  buyers: z.array(buyerSchema),
  leaked: buyerSchema.omit({ orderId: true }),
});
const searchSchema = z.object({
  orders: z.array(
    z.object({
      orderId: z.string(),
      fulfillment: z.object({ fulfillmentStatus: z.string() }).optional(),
      buyer: z.object({ buyerName: z.string(), buyerEmail: z.string().optional() }).optional(),
      recipient: z
        .object({
          deliveryAddress: z.object({
            name: z.string(),
            addressLine1: z.string(),
            phone: z.string(),
          }),
        })
        .optional(),
    }),
  ),
});
const v0Schema = z.object({
  payload: z.object({
    Orders: z.array(
      z.object({
        AmazonOrderId: z.string(),
        OrderStatus: z.string(),
        BuyerInfo: z.object({ BuyerName: z.string(), BuyerEmail: z.string() }).optional(),
        ShippingAddress: z
          .object({ CountryCode: z.string(), AddressLine1: z.string().optional() })
          .optional(),
      }),
    ),
  }),
});

let rig: Rig;
let buyers: Map<string, z.infer<typeof buyerSchema>>;
let leaked: z.infer<typeof doorSchema>['leaked'];
beforeAll(async () => {
  rig = await startRig();
  const door = doorSchema.parse((await rig.call(DOOR)).json);
  buyers = new Map(door.buyers.map((buyer) => [buyer.orderId, buyer]));
  leaked = door.leaked;
});
afterAll(() => rig[Symbol.asyncDispose]());

const set = (switches: { restrictedRole?: boolean; leak?: boolean }) =>
  rig.call(DOOR, { method: 'POST', body: switches });

/** Everything in which a person could be recognised. */
const marksOf = ({ name, email, phone, street }: typeof leaked) => [name, email, phone, street];

const holdsNobody = (reply: Reply) => {
  const people = [...buyers.values(), leaked].flatMap(marksOf);
  return people.every((mark) => !reply.text.includes(mark));
};

const token = (dataElements: readonly string[], path = '/orders/v0/orders') =>
  rig.call(RDT, {
    method: 'POST',
    body: { restrictedResources: [{ method: 'GET', path, dataElements }] },
  });
const tokenIn = (reply: Reply) =>
  z.object({ restrictedDataToken: z.string(), expiresIn: z.literal(3600) }).parse(reply.json)
    .restrictedDataToken;

describe('given searchOrders', () => {
  test('when nobody asks for people, then nobody is told', async () => {
    const reply = await rig.call(`${SEARCH}&includedData=PROCEEDS,FULFILLMENT,CANCELLATION`);
    expect(reply.status).toBe(200);
    expect(holdsNobody(reply)).toBe(true);
  });

  test('when they are asked for, then each order has its own, but a pending one', async () => {
    const reply = await rig.call(`${SEARCH}&includedData=BUYER,RECIPIENT,FULFILLMENT`);
    const { orders } = searchSchema.parse(reply.json);
    expect(orders.length).toBeGreaterThan(20);
    for (const { orderId, fulfillment, buyer, recipient } of orders) {
      if (fulfillment?.fulfillmentStatus === 'PENDING') {
        expect([buyer, recipient]).toEqual([undefined, undefined]);
        continue;
      }
      const { name, street, phone } = buyers.get(orderId) ?? leaked;
      expect(buyer).toMatchObject({ buyerName: name });
      expect(recipient?.deliveryAddress).toMatchObject({ name, addressLine1: street, phone });
    }
  });

  test('when the application lacks the role, then only those who ask for people are refused', async () => {
    await set({ restrictedRole: false });
    for (const included of ['BUYER', 'RECIPIENT', 'PROCEEDS,BUYER']) {
      const reply = await rig.call(`${SEARCH}&includedData=${included}`);
      expect(refusal(reply)).toMatchObject({ status: 403, code: 'Unauthorized' });
    }
    expect((await rig.call(`${SEARCH}&includedData=PROCEEDS`)).status).toBe(200);
    await set({ restrictedRole: true });
    expect((await rig.call(`${SEARCH}&includedData=BUYER`)).status).toBe(200);
  });
});

describe('given Orders v0', () => {
  test('without a restricted data token, then an address is only a place', async () => {
    const reply = await rig.call(V0);
    expect(holdsNobody(reply)).toBe(true);
    const { Orders } = v0Schema.parse(reply.json).payload;
    const told = Orders.filter(({ OrderStatus }) => OrderStatus !== 'Pending');
    expect(told.every(({ ShippingAddress }) => ShippingAddress?.CountryCode === 'US')).toBe(true);
  });

  test('with one, then what it was asked to open is told, and nothing else', async () => {
    const shipped = async (dataElements: readonly string[]) => {
      const reply = await rig.call(V0, { token: tokenIn(await token(dataElements)) });
      const { Orders } = v0Schema.parse(reply.json).payload;
      return Orders.find(({ OrderStatus }) => OrderStatus === 'Shipped');
    };
    const named = await shipped(['buyerInfo']);
    const { name, email, street } = buyers.get(named?.AmazonOrderId ?? '') ?? leaked;
    expect(named?.BuyerInfo).toMatchObject({ BuyerName: name, BuyerEmail: email });
    expect(named?.ShippingAddress).not.toHaveProperty('AddressLine1');
    const whole = await shipped(['buyerInfo', 'shippingAddress']);
    expect(whole).toMatchObject({ AmazonOrderId: named?.AmazonOrderId });
    expect(whole?.ShippingAddress).toMatchObject({ AddressLine1: street });
  });

  test('a restricted data token is good for its own calls, and for an hour', async () => {
    const restricted = tokenIn(
      await token(['buyerInfo'], '/orders/v0/orders/{orderId}/orderItems'),
    );
    const [id] = [...buyers.keys()];
    const items = `/orders/v0/orders/${id}/orderItems`;
    expect((await rig.call(items, { token: restricted })).status).toBe(200);
    expect(refusal(await rig.call(V0, { token: restricted }))).toMatchObject({ status: 403 });
    expect(refusal(await rig.call(SEARCH, { token: restricted }))).toMatchObject({ status: 403 });
    rig.advance(3_600_001);
    expect(refusal(await rig.call(items, { token: restricted }))).toMatchObject({
      status: 403,
      details: 'The access token you provided has expired.',
    });
  });

  test('a token is refused without the role, and for what is no restricted call', async () => {
    const fresh = await rig.accessToken(US_SELLER);
    const ask = (body: unknown) => rig.call(RDT, { method: 'POST', body, token: fresh });
    const resource = { method: 'GET', path: '/orders/v0/orders', dataElements: ['buyerInfo'] };
    for (const wrong of [
      { restrictedResources: [] },
      { restrictedResources: [{ ...resource, path: '/orders/2026-01-01/orders' }] },
      { restrictedResources: [{ ...resource, method: 'POST' }] },
      { restrictedResources: [{ ...resource, dataElements: ['phone'] }] },
      {},
    ]) {
      expect(refusal(await ask(wrong))).toMatchObject({ status: 400, code: 'InvalidInput' });
    }
    await set({ restrictedRole: false });
    const reply = await ask({ restrictedResources: [resource] });
    expect(refusal(reply)).toMatchObject({ status: 403, code: 'Unauthorized' });
    await set({ restrictedRole: true });
  });
});

describe('given an Amazon that sends what nobody asked for', () => {
  test('then a buyer stands in every answer, until it stops', async () => {
    const fresh = await rig.accessToken(US_SELLER);
    await set({ leak: true });
    const paths = [
      `${SEARCH}&includedData=PROCEEDS`,
      V0,
      '/finances/2024-06-19/transactions?postedAfter=2026-03-01T00:00:00Z',
    ];
    for (const path of paths) {
      const { text } = await rig.call(path, { token: fresh });
      for (const mark of marksOf(leaked)) expect(text).toContain(mark);
    }
    await set({ leak: false });
    for (const path of paths) {
      expect(holdsNobody(await rig.call(path, { token: fresh }))).toBe(true);
    }
  });
});
