import type {
  InventoryFact,
  LedgerFact,
  OrderFact,
  ReimbursementFact,
  TransactionFact,
} from '@recoup/contracts';

export interface FactData {
  readonly order: OrderFact;
  readonly inventory: InventoryFact;
  readonly transaction: TransactionFact;
  readonly ledger: LedgerFact;
  readonly reimbursement: ReimbursementFact;
}
export type FactKind = keyof FactData;

interface Kind<D> {
  /** The columns that make the fact what it is, and never change. */
  readonly identity: (data: D) => readonly (string | number | null)[];
  /** What is read together with it. */
  readonly group: (data: D) => string;
  /** True where equal identities are different facts: Amazon's rows have no id of their own. */
  readonly twins: boolean;
}

/** What each kind of fact is known by. A ledger row's open quantities change later and are not part of it. */
export const kinds: { readonly [K in FactKind]: Kind<FactData[K]> } = {
  order: {
    identity: (order) => [order.orderId],
    group: (order) => order.orderId,
    twins: false,
  },
  inventory: {
    identity: (row) => [row.marketplaceId, row.sku, row.fnsku],
    group: (row) => row.fnsku,
    twins: false,
  },
  transaction: {
    identity: (transaction) => [transaction.transactionId],
    group: (transaction) => transaction.orderId ?? transaction.transactionId,
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
  reimbursement: {
    identity: (row) => [row.reimbursementId, row.reason, row.sku, row.fnsku, row.orderId],
    group: (row) => row.fnsku,
    twins: true,
  },
};
