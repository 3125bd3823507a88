import type { Product } from './product.js';
import type { RemovalOrder } from './removal-order.js';

export type EventType =
  | 'Receipts'
  | 'CustomerShipments'
  | 'CustomerReturns'
  | 'WhseTransfers'
  | 'VendorReturns'
  | 'Adjustments';

export type Disposition =
  | 'SELLABLE'
  | 'WAREHOUSE_DAMAGED'
  | 'CUSTOMER_DAMAGED'
  /** Amazon took it over: it is no stock of the seller's. */
  | 'DAMAGED'
  | 'CARRIER_DAMAGED'
  | 'DISTRIBUTOR_DAMAGED'
  | 'DEFECTIVE'
  | 'EXPIRED';

/** One movement of stock, as a row of the inventory ledger. */
export interface LedgerRow {
  readonly day: number;
  readonly product: Product;
  readonly eventType: EventType;
  readonly referenceId: string;
  /** Signed: negative takes stock away. */
  readonly quantity: number;
  readonly center: string;
  readonly disposition: Disposition;
  /** Reason code of an adjustment, else empty. */
  readonly reason: string;
  /** Amazon's statement of how much of an adjustment is settled and open; null for other movements. */
  readonly reconciled: number | null;
  readonly unreconciled: number | null;
  /** When it happened, where more is known than the day; everything else happens as its day begins. */
  readonly ms?: number;
  /** The number of the order that made it. */
  readonly order?: number;
  /** The order of which it replaces a unit, and where that unit had been sent from. */
  readonly replaces?: { readonly order: number; readonly center: string; readonly reason: number };
  /** By what the report of returns calls it, where that is not its order and product. */
  readonly returnedAs?: {
    readonly orderId?: string;
    readonly sku?: string;
    readonly fnsku?: string;
  };
  /** The order behind it, where its cause tells: null where nobody ordered it. */
  readonly removal?: RemovalOrder | null;
  /** The day from which Amazon states what is settled and open; until then it is still looking. At once unless said. */
  readonly statedFrom?: number;
}

/** A row as Amazon states it on a day. */
export function rowAsOf(row: LedgerRow, today: number): LedgerRow {
  if (row.statedFrom === undefined || row.statedFrom <= today) return row;
  return { ...row, reconciled: 0, unreconciled: 0 };
}

/** A row that is no adjustment: it has no reason, and Amazon states nothing about its settlement. */
export function movement(
  row: Omit<LedgerRow, 'reason' | 'reconciled' | 'unreconciled'>,
): LedgerRow {
  return { ...row, reason: '', reconciled: null, unreconciled: null };
}
