import type { ClaimSubtype, TransactionAmount, TransactionFact } from '@recoup/contracts';
import { BadAmount, sumByCurrency, toMinor } from '@recoup/kernel';
import { feeOf } from './fee-words.js';
import { paidFor } from './paid-reasons.js';

/** A transaction with its key, and the batch of facts in which it was first read. */
export interface TransactionRow {
  readonly key: string;
  readonly data: TransactionFact;
  readonly firstBatch: number;
}

/** Money of a transaction that Amazon gave for one product, order or shipment, or took back. */
export interface Credit {
  /** Of the transaction, with the product: what is counted is counted by it. */
  readonly key: string;
  readonly reference: string;
  readonly day: string;
  /** `stock`: the reimbursement report has a row of it. `fee`: a fee given back, which that report does not tell of. */
  readonly of: 'stock' | 'fee';
  /** What it can be for, where Amazon says so. */
  readonly subtypes: readonly ClaimSubtype[] | null;
  readonly sku: string | null;
  readonly fnsku: string | null;
  readonly orderId: string | null;
  readonly shipmentId: string | null;
  readonly currency: string;
  /** Minor units; below zero where it takes money back. */
  readonly minor: bigint;
  /** Null where they are not told. */
  readonly units: number | null;
  readonly firstBatch: number;
}

/**
 * The credits in transactions, one for each product, in the order of their days. Left out is money that is held, what is not
 * wholly of one kind and currency, and what names neither a product nor an order or a shipment: what it is for is unknown.
 */
export function creditsOf(transactions: readonly TransactionRow[]): readonly Credit[] {
  return transactions
    .filter(({ data }) => !data.held && data.type !== 'Shipment')
    .flatMap((one) => partsOf(one.data).flatMap((part) => creditOf(one, part) ?? []))
    .sort((a, b) => compare(a.day, b.day) || compare(a.key, b.key));
}

interface Part {
  readonly sku: string | null;
  readonly fnsku: string | null;
  readonly units: number | null;
  readonly amounts: readonly TransactionAmount[];
}

/** By product, all that is said of one together; the whole where no product is named. */
function partsOf({ items, fnskus, amounts, sku }: TransactionFact): readonly Part[] {
  if (items.length === 0) return [{ sku, fnsku: null, units: null, amounts }];
  // What is about no product beside what is about some: which of them it belongs to is not said.
  if (amounts.length > 0) return [];
  const parts = new Map<string, Part>();
  for (const [at, item] of items.entries()) {
    const before = parts.get(item.sku);
    parts.set(item.sku, {
      sku: item.sku,
      fnsku: fnskus?.[at] ?? null,
      units: before ? sumOf(before.units, item.quantity) : item.quantity,
      amounts: [...(before?.amounts ?? []), ...item.amounts],
    });
  }
  return [...parts.values()];
}

function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function creditOf({ key, data, firstBatch }: TransactionRow, part: Part): Credit | null {
  const { sku, fnsku, amounts } = part;
  const kind = kindOf(data, amounts);
  const sum = totalOf(amounts);
  if (!kind || !sum || sum.minor === 0n) return null;
  const { orderId, postedDay: day, transactionId, type } = data;
  const shipmentId = shipmentOf(data);
  if ([sku, orderId, shipmentId].every((name) => name === null || name === '')) return null;
  return {
    key: `${key}:${sku ?? ''}`,
    reference: transactionId ?? `${type} ${day}`,
    ...{ ...kind, ...sum, day, sku, fnsku, orderId, shipmentId, firstBatch },
    units: part.units === 0 ? null : part.units && Math.abs(part.units),
  };
}

function shipmentOf({ identifiers }: TransactionFact): string | null {
  return identifiers?.find(({ name }) => name === 'SHIPMENT_ID')?.value ?? null;
}

/** Null for amounts of several currencies, and for one that is finer than its currency: what was paid is not known then. */
function totalOf(amounts: readonly TransactionAmount[]): Pick<Credit, 'currency' | 'minor'> | null {
  try {
    const [sum, ...others] = sumByCurrency(amounts);
    if (!sum || others.length > 0) return null;
    return { currency: sum.currency, minor: toMinor(sum) };
  } catch (error) {
    if (error instanceof BadAmount) return null;
    throw error;
  }
}

const OF_STOCK: ReadonlySet<string> = new Set([
  'FBAInventoryReimbursement',
  'FBAReversedReimbursement',
]);

type Kind = Pick<Credit, 'of' | 'subtypes'>;

/** Null for what is no payment to the seller: sales, refunds to buyers, and all that is of several kinds at once. */
function kindOf(
  { type, reason, orderId }: TransactionFact,
  amounts: readonly TransactionAmount[],
): Kind | null {
  // Of orders that sellers ship themselves; without its order it says nothing.
  if (type === 'SafetReimbursement') return orderId === null ? null : { of: 'fee', subtypes: null };
  if (!amounts.some((one) => OF_STOCK.has(one.type))) return feeIn(amounts);
  if (!amounts.every((one) => OF_STOCK.has(one.type))) return null;
  const kind = reason === null ? null : paidFor(reason);
  return { of: 'stock', subtypes: kind?.subtypes ?? null };
}

/** A fee that was given back by itself. */
function feeIn(amounts: readonly TransactionAmount[]): Kind | null {
  const [fee = null, ...others] = new Set(amounts.map((one) => feeOf(one.type)));
  if (fee === null || others.length > 0) return null;
  return amounts.some(({ amount }) => amount.startsWith('-')) ? null : { of: 'fee', subtypes: fee };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
