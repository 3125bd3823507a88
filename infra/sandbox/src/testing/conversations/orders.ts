import { z } from 'zod';
import { CA_ID, US_ID } from '../rig.js';
import { askPages, type Talk } from './conversation.js';
import { restrictedToken } from './restricted-data.js';

const V1 = '/orders/2026-01-01/orders';
const V0 = '/orders/v0/orders';

const searchPage = z.object({ pagination: z.object({ nextToken: z.string() }).optional() });
const v0Page = z.object({
  payload: z.object({
    NextToken: z.string().optional(),
    Orders: z.array(z.object({ AmazonOrderId: z.string(), OrderStatus: z.string() })),
  }),
});

export const searchOrders: Talk = async (talk) => {
  const created = `${V1}?marketplaceIds=${US_ID}&createdAfter=2025-12-01T00:00:00Z`;
  const everything = 'includedData=PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES';
  const tokenOf = (body: unknown) => searchPage.parse(body).pagination?.nextToken;
  await askPages(talk, `${created}&${everything}`, {
    parameter: 'paginationToken',
    tokenOf,
    most: 20,
  });
  await talk.ask(`${V1}?lastUpdatedAfter=2026-03-01T00:00:00Z&${everything}&maxResultsPerPage=100`);
  await talk.ask(`${created}&fulfilledBy=MERCHANT&${everything}`);
  await talk.ask(`${created}&fulfillmentStatuses=PENDING,CANCELLED,UNSHIPPED&${everything}`);
  await talk.ask(`${V1}?createdAfter=2020-01-01T00:00:00Z&createdBefore=2020-02-01T00:00:00Z`);
  await talk.ask(V1);
  await talk.ask(`${created}&lastUpdatedAfter=2026-03-01T00:00:00Z`);
  await talk.ask(`${created}&maxResultsPerPage=101`);
  await talk.ask(`${created}&paginationToken=made-up`);
  await talk.ask(`${created}&includedData=BUYER,RECIPIENT`);
  await talk.ask(`${created}&includedData=TAX`);
  await talk.ask(`${V1}?marketplaceIds=${CA_ID}&createdAfter=2026-03-01T00:00:00Z`);
};

export const getOrders: Talk = async (talk) => {
  const created = `${V0}?MarketplaceIds=${US_ID}&CreatedAfter=2025-12-01T00:00:00Z`;
  const tokenOf = (body: unknown) => v0Page.parse(body).payload.NextToken;
  await askPages(talk, created, { parameter: 'NextToken', tokenOf, most: 20 });
  await talk.ask(`${V0}?MarketplaceIds=${US_ID}&LastUpdatedAfter=2026-03-01T00:00:00Z`);
  await talk.ask(`${created}&OrderStatuses=Pending,Canceled,Unshipped&MaxResultsPerPage=50`);
  await talk.ask(`${created}&FulfillmentChannels=MFN`);
  const people = ['buyerInfo', 'shippingAddress', 'buyerTaxInformation'];
  await talk.ask(created, { token: await restrictedToken(talk.rig, V0, people) });
  await talk.ask(V0);
  await talk.ask(`${V0}?MarketplaceIds=${US_ID}`);
  await talk.ask(`${V0}?MarketplaceIds=${CA_ID}&CreatedAfter=2026-03-01T00:00:00Z`);
  await talk.ask(`${created}&NextToken=made-up`);
};

export const getOrderItems: Talk = async (talk) => {
  const recent = `${V0}?MarketplaceIds=${US_ID}&CreatedAfter=2026-02-20T00:00:00Z`;
  const { payload } = v0Page.parse((await talk.rig.call(recent)).json);
  const token = await restrictedToken(talk.rig, `${V0}/{orderId}/orderItems`, ['buyerInfo']);
  const statuses = new Set<string>();
  for (const { AmazonOrderId, OrderStatus } of payload.Orders) {
    // Every kind of order once, and a few more of the kind that most are.
    if (statuses.has(OrderStatus) && statuses.size > 3) continue;
    statuses.add(OrderStatus);
    await talk.ask(`${V0}/${AmazonOrderId}/orderItems`);
    await talk.ask(`${V0}/${AmazonOrderId}/orderItems`, { token });
  }
  await talk.ask(`${V0}/000-0000000-0000000/orderItems`);
  await talk.ask(`${V0}/000-0000000-0000000/orderItems?NextToken=made-up`);
};
