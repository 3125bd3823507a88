import type { Marketplace } from '../../world/marketplaces.js';
import { leaf, transactionId, type Transaction } from '../../world/transaction.js';

/** Fees of shipments to Amazon in the words of Finances: freight and labels of a partnered carrier, placement. */
export type InboundFee = 'FBAInboundTransportationFee' | 'FBAInboundConvenienceFee';

export interface InboundCharge {
  readonly shipmentId: string;
  readonly type: InboundFee;
  readonly cents: number;
  readonly postedMs: number;
  readonly marketplace: Marketplace;
}

/** A fee for a shipment to Amazon, or what is given back of it. It names the shipment and no product. */
export function inboundCharge(charge: InboundCharge): Transaction {
  const { shipmentId, type, cents, postedMs, marketplace } = charge;
  return {
    ...{ id: transactionId(marketplace.id, shipmentId, type, postedMs), type: 'ServiceFee' },
    ...{ status: 'RELEASED', description: type, postedMs, marketplace, cents, items: [] },
    identifiers: [{ name: 'SHIPMENT_ID', value: shipmentId }],
    breakdowns: [leaf(type, cents)],
    maturityMs: null,
  };
}
