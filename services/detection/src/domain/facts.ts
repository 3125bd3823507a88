import type {
  AgedStorageFeeFact,
  CustomerReturnFact,
  FeeEstimateFact,
  FeePreviewFact,
  InboundItemFact,
  InboundShipmentFact,
  LedgerFact,
  OrderFact,
  OrderItemFact,
  ReimbursementFact,
  RemovalOrderFact,
  RemovalShipmentFact,
  ReplacementFact,
  StorageFeeFact,
  TransactionFact,
} from '@recoup/contracts';

/** A fact with its identity. The same key is the same fact, however often it is given. */
export interface Keyed<T> {
  readonly key: string;
  readonly data: T;
}

export type LedgerRow = Keyed<LedgerFact>;
export type Payment = Keyed<ReimbursementFact>;
export type CustomerReturn = Keyed<CustomerReturnFact>;

/**
 * What is known of one product: an FNSKU, or several that Amazon merged into one. Nothing about buyers is among it. A kind
 * that a caller leaves out is one without rows.
 */
export interface ProductFacts {
  readonly ledger: readonly LedgerRow[];
  readonly reimbursements: readonly Payment[];
  readonly returns: readonly CustomerReturn[];
  readonly removalOrders: readonly Keyed<RemovalOrderFact>[];
  readonly removalShipments: readonly Keyed<RemovalShipmentFact>[];
  readonly inboundItems: readonly Keyed<InboundItemFact>[];
  /** The shipments that the items are of. */
  readonly inboundShipments: readonly Keyed<InboundShipmentFact>[];
  /** Other products in these shipments, and what the ledger says was received of them. */
  readonly shipmentMates: readonly Keyed<InboundItemFact>[];
  readonly mateReceipts: readonly LedgerRow[];
  /** Money that moved for the product, or for a shipment that it was in, and for no order: adjustments, fees. */
  readonly transactions: readonly Keyed<TransactionFact>[];
  readonly storageFees: readonly Keyed<StorageFeeFact>[];
  readonly agedStorageFees: readonly Keyed<AgedStorageFeeFact>[];
  readonly feePreviews: readonly Keyed<FeePreviewFact>[];
  readonly feeEstimates: readonly Keyed<FeeEstimateFact>[];
}

/** What is known of one order, and of what was sent in place of its units. */
export interface OrderFacts {
  readonly orderId: string;
  /** Null where the order itself is older than what was synced. */
  readonly order: Keyed<OrderFact> | null;
  readonly items: readonly Keyed<OrderItemFact>[];
  readonly transactions: readonly Keyed<TransactionFact>[];
  /** What came back, also under the number of an order that replaced units. */
  readonly returns: readonly CustomerReturn[];
  readonly replacements: readonly Keyed<ReplacementFact>[];
  /** Payments that name the order. */
  readonly reimbursements: readonly Payment[];
}

export const NO_PRODUCT_FACTS: ProductFacts = {
  ledger: [],
  reimbursements: [],
  returns: [],
  removalOrders: [],
  removalShipments: [],
  inboundItems: [],
  inboundShipments: [],
  shipmentMates: [],
  mateReceipts: [],
  transactions: [],
  storageFees: [],
  agedStorageFees: [],
  feePreviews: [],
  feeEstimates: [],
};

/** One fact per key, in key order: neither repeats nor the order of arrival may change a finding. */
export function distinct<T>(facts: readonly Keyed<T>[]): readonly Keyed<T>[] {
  const byKey = new Map(facts.map((fact) => [fact.key, fact]));
  return [...byKey.values()].sort((a, b) => compareText(a.key, b.key));
}

/** Code-unit order: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
