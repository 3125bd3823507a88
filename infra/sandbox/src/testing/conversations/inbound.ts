import { z } from 'zod';
import { CA_ID, US_ID } from '../rig.js';
import type { Talk } from './conversation.js';

const SHIPMENTS = '/fba/inbound/v0/shipments';
const ITEMS = '/fba/inbound/v0/shipmentItems';
const YEAR = 'LastUpdatedAfter=2025-03-01T00:00:00Z&LastUpdatedBefore=2026-03-10T00:00:00Z';

const nextPage = z.object({ payload: z.object({ NextToken: z.string().optional() }) });
const shipmentsPage = z.object({
  payload: z.object({ ShipmentData: z.array(z.object({ ShipmentId: z.string() })) }),
});
const tokenOf = (body: unknown) => nextPage.parse(body).payload.NextToken;

/** All that is asked by dates, page after page: later pages by their token alone. */
const byDates =
  (path: string): Talk =>
  async (talk) => {
    const here = `${path}?MarketplaceId=${US_ID}`;
    const first = await talk.ask(`${here}&QueryType=DATE_RANGE&${YEAR}`);
    if (tokenOf(first.json) !== undefined) {
      await talk.ask(`${here}&QueryType=NEXT_TOKEN&NextToken=${tokenOf(first.json) ?? ''}`);
    }
    await talk.ask(`${here}&QueryType=DATE_RANGE`);
    await talk.ask(`${here}&QueryType=NEXT_TOKEN&NextToken=made-up`);
    await talk.ask(path);
    await talk.ask(`${path}?MarketplaceId=${CA_ID}&QueryType=DATE_RANGE&${YEAR}`);
  };

export const getShipments: Talk = async (talk) => {
  await byDates(SHIPMENTS)(talk);
  const here = `${SHIPMENTS}?MarketplaceId=${US_ID}&QueryType=SHIPMENT`;
  await talk.ask(`${here}&ShipmentStatusList=RECEIVING,SHIPPED`);
  await talk.ask(`${here}&ShipmentIdList=FBA150000001`);
  await talk.ask(here);
};

export const getShipmentItems: Talk = byDates(ITEMS);

export const getShipmentItemsByShipmentId: Talk = async ({ rig, ask }) => {
  const here = `${SHIPMENTS}?MarketplaceId=${US_ID}&QueryType=SHIPMENT`;
  const reply = await rig.call(`${here}&ShipmentStatusList=RECEIVING,CLOSED,CANCELLED`);
  const [first] = shipmentsPage.parse(reply.json).payload.ShipmentData;
  await ask(`${SHIPMENTS}/${first?.ShipmentId ?? ''}/items`);
  await ask(`${SHIPMENTS}/made-up/items`);
};
