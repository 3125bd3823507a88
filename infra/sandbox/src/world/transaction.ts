import { groupBy } from '@recoup/kernel';
import type { Marketplace } from './marketplaces.js';

export type TransactionStatus = 'RELEASED' | 'DEFERRED' | 'DEFERRED_RELEASED';

/**
 * As others have seen them in answers of Amazon, which documents only `Shipment`. Nobody showed a guarantee claim or a
 * chargeback: these two have the names of their lists in Finances v0.
 */
export const TRANSACTION_TYPES = [
  'Shipment',
  'Refund',
  'GuaranteeClaim',
  'Chargeback',
  'FBAInventoryReimbursement',
  'ServiceFee',
] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

/** Part of an amount, in cents; the parts of a whole add up to it. */
export interface Breakdown {
  readonly type: string;
  readonly cents: number;
  readonly parts: readonly Breakdown[];
}

export interface TransactionItem {
  readonly description: string;
  readonly sku: string;
  readonly asin: string;
  readonly fnsku: string;
  /** The line of the order; null where there is none. */
  readonly orderItemId: string | null;
  readonly units: number;
  readonly network: 'AFN' | 'MFN';
  readonly cents: number;
  /** Null where Amazon explains an amount only for the whole transaction. */
  readonly breakdowns: readonly Breakdown[] | null;
}

export interface Transaction {
  readonly id: string;
  readonly type: TransactionType;
  readonly status: TransactionStatus;
  readonly description: string;
  readonly postedMs: number;
  readonly marketplace: Marketplace;
  readonly cents: number;
  readonly identifiers: readonly { readonly name: string; readonly value: string }[];
  readonly items: readonly TransactionItem[];
  readonly breakdowns: readonly Breakdown[];
  /** Until when the money of a deferred transaction is held. */
  readonly maturityMs: number | null;
}

export function leaf(type: string, cents: number): Breakdown {
  return { type, cents, parts: [] };
}

/** A breakdown that is the sum of its parts; parts of nothing are left out. */
export function branch(type: string, parts: readonly Breakdown[]): Breakdown {
  const real = parts.filter(({ cents }) => cents !== 0);
  return { type, cents: sumOf(real), parts: real };
}

export function sumOf(parts: readonly { readonly cents: number }[]): number {
  return parts.reduce((sum, { cents }) => sum + cents, 0);
}

/** Adds breakdowns of several items up by their type, at every depth. */
export function merged(all: readonly Breakdown[]): Breakdown[] {
  const byType = groupBy(all, ({ type }) => type);
  return [...byType].map(([type, same]) => ({
    type,
    cents: sumOf(same),
    parts: merged(same.flatMap(({ parts }) => parts)),
  }));
}

/** Opaque, like Amazon's, and the same at every start: made of what the transaction is about. */
export function transactionId(...about: readonly (string | number)[]): string {
  return Buffer.from(about.join(':')).toString('base64url');
}
