import type { ReimbursementFact } from '@recoup/contracts';
import { fromMinor, minorOf as inMinor, toMinor, type Money } from '@recoup/kernel';

/** A row of the reimbursement report with its key, and the batch of facts in which it was first read. */
export interface PaymentRow {
  readonly key: string;
  readonly data: ReimbursementFact;
  readonly firstBatch: number;
}

/** Some units of a row: those from `from` on. */
export interface Share {
  readonly from: number;
  readonly units: number;
}

/** Units that a row is about, whether it pays them or takes payments back. */
export function unitsOf({ data }: PaymentRow): number {
  return Math.abs(data.quantityCash) + Math.abs(data.quantityInventory);
}

export function takesBack({ data }: PaymentRow): boolean {
  return data.quantityCash + data.quantityInventory < 0 || data.amountTotal.startsWith('-');
}

/**
 * The money of a share, never negative, in the row's currency: units paid in money come first. The shares of a row add up to
 * its total exactly. Null where the share holds units in kind only.
 */
export function moneyOf(row: PaymentRow, { from, units }: Share): Money | null {
  const { data } = row;
  const cash = Math.abs(data.quantityCash);
  if (cash === 0 || from >= cash) return null;
  const { currency } = data;
  const amount = data.amountTotal.replace(/^-/, '');
  const total = toMinor({ amount, currency });
  const upTo = (unit: number): bigint => (total * BigInt(Math.min(unit, cash))) / BigInt(cash);
  return fromMinor(upTo(from + units) - upTo(from), currency);
}

/** Minor units of a row, never negative; null where its amount is finer than its currency: what it moved is not known then. */
export function minorOf({ data: { amountTotal, currency } }: PaymentRow): bigint | null {
  return inMinor(amountTotal.replace(/^-/, ''), currency);
}

/** Units of a share that were given back in kind. */
export function inKindOf({ data }: PaymentRow, { from, units }: Share): number {
  const cash = Math.abs(data.quantityCash);
  return from + units - Math.max(from, Math.min(cash, from + units));
}

/** The day (UTC) of a row: its report tells days by UTC. */
export function dayOf({ data }: PaymentRow): string {
  return data.approvedAt.slice(0, 10);
}

/** Order of approval; rows of one instant by their keys, so that the order of arrival never matters. */
export function byApproval(a: PaymentRow, b: PaymentRow): number {
  return compare(a.data.approvedAt, b.data.approvedAt) || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
