import {
  isOfOrder,
  type AgedStorageFeeFact,
  type CustomerReturnFact,
  type FeeEstimateFact,
  type FeePreviewFact,
  type InboundItemFact,
  type InboundShipmentFact,
  type InventoryFact,
  type LedgerFact,
  type LedgerSummaryFact,
  type OrderFact,
  type OrderItemFact,
  type ReimbursementFact,
  type RemovalOrderFact,
  type RemovalShipmentFact,
  type ReplacementFact,
  type StorageFeeFact,
  type TransactionFact,
} from '@recoup/contracts';

export interface FactData {
  readonly order: OrderFact;
  readonly orderItem: OrderItemFact;
  readonly inventory: InventoryFact;
  readonly transaction: TransactionFact;
  readonly ledger: LedgerFact;
  readonly ledgerSummary: LedgerSummaryFact;
  readonly reimbursement: ReimbursementFact;
  readonly customerReturn: CustomerReturnFact;
  readonly replacement: ReplacementFact;
  readonly removalOrder: RemovalOrderFact;
  readonly removalShipment: RemovalShipmentFact;
  readonly inboundShipment: InboundShipmentFact;
  readonly inboundItem: InboundItemFact;
  readonly storageFee: StorageFeeFact;
  readonly agedStorageFee: AgedStorageFeeFact;
  readonly feePreview: FeePreviewFact;
  readonly feeEstimate: FeeEstimateFact;
}
export type FactKind = keyof FactData;

/** What Amazon said in its own words, after an allow-list. */
export type RawAnswer = Readonly<Record<string, unknown>>;

/** A fact as it was given. `raw` keeps what Amazon said beyond it; null where there is nothing to keep. */
export interface GivenFact<K extends FactKind> {
  readonly data: FactData[K];
  readonly raw: RawAnswer | null;
}

interface Kind<D> {
  /** The columns that make the fact what it is, and never change. */
  readonly identity: (data: D) => readonly (string | number | null)[];
  /** What is read together with it. */
  readonly group: (data: D) => string;
  /** True where equal identities are different facts: Amazon's rows have no id of their own. */
  readonly twins: boolean;
}

/** What each kind of fact is known by. Quantities, states and fees that Amazon changes later are not part of it. */
export const kinds: { readonly [K in FactKind]: Kind<FactData[K]> } = {
  order: { identity: (o) => [o.orderId], group: (o) => o.orderId, twins: false },
  orderItem: {
    identity: (item) => [item.orderId, item.sku, item.asin, item.ordinal],
    group: (item) => item.orderId,
    twins: false,
  },
  inventory: {
    identity: (row) => [row.marketplaceId, row.sku, row.fnsku],
    group: (row) => row.fnsku,
    twins: false,
  },
  transaction: {
    identity: (one) => [one.type, Number(one.held), one.postedDay, one.subject, one.ordinal],
    group: groupOfTransaction,
    twins: false,
  },
  ledger: {
    identity: (row) => [
      row.day,
      row.fnsku,
      row.sku,
      row.eventType,
      row.referenceId,
      row.quantity,
      row.fulfillmentCenter,
      row.disposition,
      row.reason,
      row.country,
      row.occurredAt,
    ],
    group: (row) => row.fnsku,
    twins: true,
  },
  ledgerSummary: {
    identity: (row) => [row.day, row.fnsku, row.sku, row.disposition, row.location],
    group: (row) => row.fnsku,
    twins: false,
  },
  reimbursement: {
    identity: (row) => [row.reimbursementId, row.reason, row.sku, row.fnsku, row.orderId],
    group: (row) => row.fnsku,
    twins: true,
  },
  customerReturn: {
    identity: (row) => [
      row.returnedAt,
      row.orderId,
      row.sku,
      row.fnsku,
      row.fulfillmentCenter,
      row.licensePlateNumber,
    ],
    group: (row) => row.orderId,
    twins: true,
  },
  replacement: {
    identity: (row) => [
      row.shippedAt,
      row.replacementOrderId,
      row.originalOrderId,
      row.sku,
      row.fulfillmentCenter,
    ],
    group: (row) => row.originalOrderId,
    twins: true,
  },
  removalOrder: {
    identity: (row) => [row.orderId, row.sku, row.fnsku, row.disposition],
    group: (row) => row.fnsku,
    twins: true,
  },
  removalShipment: {
    identity: (row) => [
      row.orderId,
      row.shippedAt,
      row.sku,
      row.fnsku,
      row.disposition,
      row.trackingNumber,
    ],
    group: (row) => row.fnsku,
    twins: true,
  },
  inboundShipment: {
    identity: (shipment) => [shipment.shipmentId],
    group: (shipment) => shipment.shipmentId,
    twins: false,
  },
  inboundItem: {
    identity: (item) => [item.shipmentId, item.sku, item.fnsku],
    group: (item) => item.fnsku,
    twins: false,
  },
  storageFee: {
    identity: (row) => [row.month, row.fnsku, row.fulfillmentCenter, row.country],
    group: (row) => row.fnsku,
    twins: true,
  },
  agedStorageFee: {
    identity: (row) => [
      row.snapshotDay,
      row.sku,
      row.fnsku,
      row.country,
      row.condition,
      row.ageTier,
    ],
    group: (row) => row.fnsku,
    twins: true,
  },
  feePreview: {
    identity: (row) => [row.marketplaceId, row.sku, row.fnsku],
    group: (row) => row.fnsku,
    twins: false,
  },
  feeEstimate: {
    identity: (estimate) => [estimate.marketplaceId, estimate.sku],
    group: (estimate) => estimate.sku,
    twins: false,
  },
};

/** By what both generations tell: a fact that moved to another group would be read in both. */
function groupOfTransaction({ type, orderId, items, postedDay }: TransactionFact): string {
  const about = isOfOrder(type) ? orderId : items[0]?.sku;
  return about ?? `${type} ${postedDay}`;
}
