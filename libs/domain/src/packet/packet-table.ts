import type {
  AllocationLine,
  CustomerReturnFact,
  FeePreviewFact,
  InboundItemFact,
  InboundShipmentFact,
  LedgerFact,
  ReimbursementFact,
  RemovalOrderFact,
  RemovalShipmentFact,
  ReplacementFact,
  StorageFeeFact,
  TransactionFact,
} from '@recoup/contracts';
import type { Money } from '@recoup/kernel';

interface FactOfKind {
  ledger: LedgerFact;
  reimbursement: ReimbursementFact;
  customerReturn: CustomerReturnFact;
  replacement: ReplacementFact;
  transaction: TransactionFact;
  inboundShipment: InboundShipmentFact;
  inboundItem: InboundItemFact;
  removalOrder: RemovalOrderFact;
  removalShipment: RemovalShipmentFact;
  storageFee: StorageFeeFact;
  feePreview: FeePreviewFact;
}

/** A fact that a claim cites, of a kind that a table is made of. */
export type PacketFact = {
  [K in keyof FactOfKind]: {
    readonly kind: K;
    readonly key: string;
    readonly data: FactOfKind[K];
  };
}[keyof FactOfKind];

const KINDS: ReadonlySet<string> = new Set<keyof FactOfKind>([
  ...(['ledger', 'reimbursement', 'customerReturn', 'replacement', 'transaction'] as const),
  ...(['inboundShipment', 'inboundItem', 'removalOrder', 'removalShipment'] as const),
  ...(['storageFee', 'feePreview'] as const),
]);

/** Whether a table is made of facts of this kind. */
export function isPacketFact(fact: { readonly kind: string }): fact is PacketFact {
  return KINDS.has(fact.kind);
}

/** The facts of one kind, in an order that does not depend on how they were read. */
export function factsOf<K extends keyof FactOfKind>(
  facts: readonly PacketFact[],
  kind: K,
): readonly FactOfKind[K][] {
  return facts
    .filter((fact) => fact.kind === kind)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ data }) => data as FactOfKind[K]);
}

/** Something in a table. A text is as Amazon wrote it, a `word` is written in the reader's language; null: not stated. */
export type Cell =
  | { readonly text: string }
  | { readonly word: AllocationLine['kind'] | 'difference' | 'left' | 'sum' | 'seller' }
  | { readonly day: string }
  | { readonly units: number }
  | { readonly decimal: string; readonly unit?: string }
  | { readonly money: Money }
  | null;

export type ColumnName =
  | 'day'
  | 'what'
  | 'units'
  | 'amount'
  | 'reference'
  | 'centre'
  | 'event'
  | 'reason'
  | 'disposition'
  | 'unreconciled'
  | 'reimbursement'
  | 'caseId'
  | 'order'
  | 'sku'
  | 'fnsku'
  | 'shipment'
  | 'status'
  | 'shipped'
  | 'received'
  | 'difference'
  | 'licensePlate'
  | 'replacementOrder'
  | 'kind'
  | 'removalOrder'
  | 'requested'
  | 'cancelled'
  | 'disposed'
  | 'carrier'
  | 'tracking'
  | 'charged'
  | 'expected'
  | 'month'
  | 'volume'
  | 'rate'
  | 'fee'
  | 'longest'
  | 'median'
  | 'shortest'
  | 'weight'
  | 'source';

export type TableName =
  | 'allocation'
  | 'fees'
  | 'value'
  | 'ledger'
  | 'shipment'
  | 'money'
  | 'returns'
  | 'replacements'
  | 'removals'
  | 'parcels'
  | 'storage'
  | 'size'
  | 'payments';

/** A table of a case packet, before it is written in any language. */
export interface PacketTable {
  readonly name: TableName;
  readonly columns: readonly ColumnName[];
  readonly rows: readonly (readonly Cell[])[];
}

const OF_NUMBERS: ReadonlySet<ColumnName> = new Set([
  ...(['units', 'amount', 'unreconciled', 'shipped', 'received', 'difference'] as const),
  ...(['requested', 'cancelled', 'disposed', 'charged', 'expected', 'volume', 'rate'] as const),
  ...(['fee', 'longest', 'median', 'shortest', 'weight'] as const),
]);

/** Whether a column is set to the right. */
export function isOfNumbers(column: ColumnName): boolean {
  return OF_NUMBERS.has(column);
}

export const text = (value: string | null): Cell =>
  value === null || value === '' ? null : { text: value };
export const units = (value: number | null): Cell => (value === null ? null : { units: value });
export const decimal = (value: string | null, unit: string | null = null): Cell =>
  value === null ? null : { decimal: value, ...(unit !== null && { unit }) };
/** The day, in UTC, of an instant. */
export const dayOf = (instant: string): Cell => ({ day: instant.slice(0, 10) });
