import type { InboundItemFact, InboundShipmentFact } from '@recoup/contracts';
import { UnexpectedAnswer } from '../amazon/errors.js';
import type { InboundItem, InboundShipment } from '../amazon/inbound.js';

/** A shipment to Amazon, of whose sender only the country is kept. */
export function inboundShipmentFact(shipment: InboundShipment): InboundShipmentFact {
  return {
    shipmentId: shipment.ShipmentId,
    name: shipment.ShipmentName ?? '',
    destination: shipment.DestinationFulfillmentCenterId ?? null,
    status: shipment.ShipmentStatus,
    labelPreparation: shipment.LabelPrepType ?? null,
    boxContentsSource: shipment.BoxContentsSource ?? null,
    shipFromCountry: shipment.ShipFromAddress?.CountryCode ?? null,
  };
}

/** What of one product is in a shipment. A quantity that Amazon leaves out is unknown, not zero. */
export function inboundItemFact(item: InboundItem, shipmentId = item.ShipmentId): InboundItemFact {
  if (!shipmentId) throw new UnexpectedAnswer('an inbound item of no shipment');
  return {
    shipmentId,
    sku: item.SellerSKU,
    fnsku: item.FulfillmentNetworkSKU ?? '',
    quantityShipped: item.QuantityShipped ?? null,
    quantityReceived: item.QuantityReceived ?? null,
    quantityInCase: item.QuantityInCase ?? null,
  };
}
