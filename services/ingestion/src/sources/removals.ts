import { removalOrderFact, removalShipmentFact } from './removal-fact.js';
import { reportSource } from './report-source.js';

/** What the seller ordered back or disposed of, line by line. */
export const removalOrdersByReport = reportSource({
  resource: 'removalOrders',
  reportType: 'GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA',
  kind: 'removalOrder',
  toFact: removalOrderFact,
});

/** The parcels that removal orders left in. */
export const removalShipmentsByReport = reportSource({
  resource: 'removalShipments',
  reportType: 'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA',
  kind: 'removalShipment',
  toFact: removalShipmentFact,
});
