import type {
  Coverage,
  InboundItemFact,
  InboundShipmentFact,
  RemovalOrderFact,
  RemovalShipmentFact,
  SyncResource,
  TransactionFact,
} from '@recoup/contracts';
import { openCatalogue } from '../src/domain/catalogue.js';
import type { LossAssertion } from '../src/domain/assertions.js';
import { detectors } from '../src/domain/detectors.js';
import { watchers } from '../src/domain/watchers.js';
import { examineProduct, type Examined } from '../src/domain/examine.js';
import {
  NO_PRODUCT_FACTS,
  type Keyed,
  type LedgerRow,
  type ProductFacts,
} from '../src/domain/facts.js';
import { NO_COSTS, type Costs } from '../src/domain/value/costs.js';
import { ledgerRow } from './story.js';

const whole: Coverage = { state: 'complete', from: '2025-11-01', to: '2026-10-31' };
const SOURCES: readonly SyncResource[] = [
  ...(['ledger', 'reimbursements', 'inboundShipments', 'removalOrders'] as const),
  ...(['removalShipments', 'transactions'] as const),
];

/** Which product of a shipment a part of the story is about; the story's own unless said. */
const OWN = 'X001';

export function shipment(shipmentId: string, status = 'CLOSED'): Keyed<InboundShipmentFact> {
  return {
    key: `shipment-${shipmentId}`,
    data: {
      ...{ shipmentId, status, name: shipmentId, destination: 'PHX7' },
      ...{ labelPreparation: null, boxContentsSource: null, shipFromCountry: 'US' },
    },
  };
}

export interface Sent {
  readonly shipped: number | null;
  readonly received: number | null;
  readonly inCase?: number;
  readonly fnsku?: string;
}

export function item(shipmentId: string, sent: Sent): Keyed<InboundItemFact> {
  const { shipped, received, inCase = 0, fnsku = OWN } = sent;
  return {
    key: `item-${shipmentId}-${fnsku}`,
    data: {
      ...{ shipmentId, fnsku, sku: fnsku === OWN ? 'SKU-1' : `SKU-${fnsku}` },
      ...{ quantityShipped: shipped, quantityReceived: received, quantityInCase: inCase },
    },
  };
}

export interface Received {
  readonly units: number;
  readonly disposition?: string;
  readonly country?: string;
  readonly fnsku?: string;
}

/** A receipt; of sellable units of the story's own product in the US unless said. */
export function receipt(shipmentId: string, day: string, received: number | Received): LedgerRow {
  const told: Received = typeof received === 'number' ? { units: received } : received;
  const { units: quantity, disposition, country, fnsku = OWN } = told;
  const row = ledgerRow({
    ...{ day, quantity, reason: '', reference: shipmentId, eventType: 'Receipts' },
    ...(disposition ? { disposition } : {}),
    ...(country ? { country } : {}),
  });
  return { key: row.key, data: { ...row.data, fnsku } };
}

let moved = 0;

/** Money that names a shipment, posted at noon Pacific time; below zero it is charged. */
export function charge(
  shipmentId: string,
  { type, amount, day }: { readonly type: string; readonly amount: string; readonly day: string },
): Keyed<TransactionFact> {
  const money = { amount, currency: 'USD' };
  const key = `money-${String((moved += 1)).padStart(6, '0')}`;
  const unsaid = {
    ...{ orderId: null, transactionId: null, description: null, deferredUntil: null },
    ...{ asins: null, reason: null, fnskus: null, orderItemIds: null, sku: null },
  };
  return {
    key,
    data: {
      ...unsaid,
      ...{ type: 'ServiceFee', held: false, postedDay: day, postedAt: `${day}T20:00:00Z` },
      ...{ subject: key, ordinal: 0, total: money, items: [], amounts: [{ ...money, type }] },
      ...{ status: 'RELEASED', marketplaceId: 'ATVPDKIKX0DER' },
      identifiers: [{ name: 'SHIPMENT_ID', value: shipmentId }],
    },
  };
}

export interface Ordered {
  readonly requested: number;
  readonly cancelled?: number | null;
  readonly disposed?: number;
  readonly shipped?: number;
  readonly inProcess?: number;
  readonly type?: string;
  readonly status?: string;
  readonly disposition?: string;
  readonly day?: string;
  readonly done?: string | null;
}

const PLAIN = {
  ...{ cancelled: 0, disposed: 0, shipped: 0, inProcess: 0, type: 'Return', status: 'Completed' },
  ...{ disposition: 'Sellable', day: '2026-08-20', done: '2026-09-03' },
} as const;

export function removalOrder(orderId: string, ordered: Ordered): Keyed<RemovalOrderFact> {
  const all = { ...PLAIN, ...ordered };
  const { disposition } = all;
  return {
    key: `order-${orderId}-${disposition}`,
    data: {
      ...{ requestedAt: `${all.day}T20:00:00Z`, orderId, orderType: all.type, serviceSpeed: null },
      ...{ status: all.status, updatedAt: all.done && `${all.done}T20:00:00Z` },
      ...{ sku: 'SKU-1', fnsku: OWN, disposition, requestedQuantity: all.requested },
      ...{ cancelledQuantity: all.cancelled, disposedQuantity: all.disposed },
      ...{ shippedQuantity: all.shipped, inProcessQuantity: all.inProcess },
      ...{ fee: '1.04', currency: 'USD' },
    },
  };
}

export interface Parcel {
  readonly units: number;
  readonly disposition?: string;
}

/** A parcel of a removal order; of sellable units unless said. */
export function parcel(
  orderId: string,
  day: string,
  { units: quantity, disposition = 'Sellable' }: Parcel,
): Keyed<RemovalShipmentFact> {
  return {
    key: `parcel-${orderId}-${day}-${disposition}`,
    data: {
      ...{ requestedAt: '2026-08-20T20:00:00Z', orderId, shippedAt: `${day}T20:00:00Z` },
      ...{ sku: 'SKU-1', fnsku: OWN, disposition, quantity, carrier: 'UPS' },
      ...{ trackingNumber: 'TBA1', orderType: 'Return' },
    },
  };
}

/** Units that leave stock under the number of a removal order. */
export function leaves(orderId: string, day: string, units: number): LedgerRow {
  return ledgerRow({
    ...{ day, quantity: -units, reason: '', reference: orderId, eventType: 'VendorReturns' },
  });
}

export interface Look {
  readonly costs?: Costs;
  readonly assertions?: readonly LossAssertion[];
  readonly without?: readonly SyncResource[];
  /** UTC. */
  readonly hour?: string;
}

/** What all detectors and watchers find in a product, at noon Pacific time of a day unless said. */
export function lookAt(
  facts: Partial<ProductFacts>,
  today: string,
  { costs = NO_COSTS, assertions = [], without = [], hour = '20' }: Look = {},
): Examined {
  const read = SOURCES.filter((source) => !without.includes(source));
  return examineProduct(
    { ...NO_PRODUCT_FACTS, ...facts },
    { detectors, watchers },
    {
      ...{ tenantId: 'seller-1', asOf: new Date(`${today}T${hour}:00:00Z`), costs, assertions },
      coverage: Object.fromEntries(read.map((source) => [source, whole])),
      lostReturns: new Map(),
      catalogue: openCatalogue(),
    },
  );
}

/** What was found, in short. */
export function told({ findings }: Examined): readonly (readonly [string, number])[] {
  return findings.map(({ subtype, quantity }) => [subtype, quantity] as const);
}
