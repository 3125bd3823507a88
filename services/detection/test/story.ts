import type { LedgerFact, ReimbursementFact, TransactionFact } from '@recoup/contracts';
import type { Keyed, LedgerRow, Payment } from '../src/domain/facts.js';

/** What happened to one product, told row by row. */
export interface Row {
  readonly day: string;
  readonly reason: string;
  readonly quantity: number;
  readonly open?: number | null;
  readonly centre?: string;
  readonly disposition?: string;
  readonly reference?: string;
  readonly country?: string;
  readonly eventType?: string;
  readonly product?: Partial<typeof PRODUCT>;
}

/** The product of every row that names no other. */
const PRODUCT = { fnsku: 'X001', asin: 'B001', sku: 'SKU-1' };

let told = 0;

/** A ledger row with a key of its own; what the story leaves out is what a US seller's report would show. */
export function ledgerRow(
  row: Row,
  key = `row-${String((told += 1)).padStart(6, '0')}`,
): LedgerRow {
  const data: LedgerFact = {
    day: row.day,
    ...PRODUCT,
    ...row.product,
    title: 'Steel water bottle',
    eventType: row.eventType ?? 'Adjustments',
    referenceId: row.reference ?? '',
    quantity: row.quantity,
    fulfillmentCenter: row.centre ?? 'PHX7',
    disposition: row.disposition ?? 'SELLABLE',
    reason: row.reason,
    country: row.country ?? 'US',
    reconciledQuantity: null,
    unreconciledQuantity: row.open ?? null,
    occurredAt: null,
  };
  return { key, data };
}

/** Units damaged in both halves: out of sellable stock, into damaged stock. */
export function damage(day: string, units: number, more: Partial<Row> = {}): LedgerRow[] {
  const reference = more.reference ?? `damage-${day}`;
  return [
    ledgerRow({ reference, ...more, day, reason: 'E', quantity: -units }),
    ledgerRow({
      reference,
      centre: more.centre ?? 'PHX7',
      day,
      reason: 'P',
      quantity: units,
      disposition: 'WAREHOUSE_DAMAGED',
    }),
  ];
}

export interface Paid {
  readonly day: string;
  readonly reason: string;
  readonly units: number;
  readonly inKind?: boolean;
  readonly id?: string;
  readonly perUnit?: string;
  readonly currency?: string;
  readonly original?: string;
  readonly order?: string;
  readonly of?: Partial<Pick<ReimbursementFact, 'fnsku' | 'sku' | 'asin' | 'condition'>>;
}

/** A reimbursement row, approved at noon Pacific time of its day. */
export function payment(paid: Paid, key = `pay-${String((told += 1)).padStart(6, '0')}`): Payment {
  const perUnit = paid.perUnit ?? '12.50';
  const cents = BigInt(perUnit.replace('.', '')) * BigInt(Math.abs(paid.units));
  const data: ReimbursementFact = {
    approvedAt: `${paid.day}T20:00:00Z`,
    reimbursementId: paid.id ?? key,
    caseId: null,
    orderId: paid.order ?? null,
    reason: paid.reason,
    ...PRODUCT,
    productName: 'Steel water bottle',
    condition: 'Sellable',
    currency: paid.currency ?? 'USD',
    amountPerUnit: perUnit,
    amountTotal: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
    quantityCash: paid.inKind ? 0 : paid.units,
    quantityInventory: paid.inKind ? paid.units : 0,
    quantityTotal: paid.units,
    originalReimbursementId: paid.original ?? null,
    originalReimbursementType: null,
    ...paid.of,
  };
  return { key, data };
}

export interface Credited {
  readonly day: string;
  readonly amount: string;
  readonly currency?: string;
  readonly held?: boolean;
  readonly sku?: string;
}

/** Money that came in for a product, as `listTransactions` tells it. */
export function credit(
  { day, amount, currency = 'USD', held = false, sku = 'SKU-1' }: Credited,
  key = `credit-${String((told += 1)).padStart(6, '0')}`,
): Keyed<TransactionFact> {
  const data: TransactionFact = {
    type: 'Adjustment',
    held,
    postedDay: day,
    subject: key,
    ordinal: 0,
    total: { amount, currency },
    items: [{ sku, quantity: 1, amounts: [] }],
    amounts: [{ type: 'FBAInventoryReimbursement', amount, currency }],
    postedAt: `${day}T20:00:00Z`,
    orderId: null,
    transactionId: key,
    status: held ? 'DEFERRED' : 'RELEASED',
    description: 'FBAInventoryReimbursement',
    marketplaceId: null,
    deferredUntil: null,
    identifiers: [],
    asins: null,
    reason: null,
    fnskus: null,
    orderItemIds: null,
    sku: null,
  };
  return { key, data };
}
