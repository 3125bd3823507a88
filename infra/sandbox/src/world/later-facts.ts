import { groupBy } from '@recoup/kernel';
import { credits } from './account-transactions.js';
import type { WholeWorld } from './as-of.js';
import type { LedgerRow } from './ledger-row.js';
import type { Reimbursement } from './reimbursement.js';
import type { Transaction } from './transaction.js';

/** What happens in a world that was not in its plan, since it follows from what somebody did: paid, taken back, found. */
export interface LaterFacts {
  readonly reimbursements: readonly Reimbursement[];
  readonly rows: readonly LedgerRow[];
  /** Ids of the losses that are put right, and when. */
  readonly settled: readonly { readonly referenceId: string; readonly ms: number }[];
  /** Units of adjustments that a payment settles: Amazon states them as reconciled from then on. */
  readonly reconciled: readonly Reconciled[];
}

export interface Reconciled {
  readonly referenceId: string;
  readonly fnsku: string;
  readonly ms: number;
  readonly units: number;
}

/** The facts that a world has taken in so far. */
export interface Adopted {
  readonly reimbursements: readonly Reimbursement[];
  readonly rowsOn: (day: number) => readonly LedgerRow[];
  readonly postedOn: (day: number) => readonly Transaction[];
  /** Whether a loss was put right before an instant. */
  isSettled(referenceIds: readonly string[], ms: number): boolean;
  /** A row as Amazon states it after the payments before an instant. */
  reconciledAt(row: LedgerRow, ms: number): LedgerRow;
  adopt(later: LaterFacts): void;
}

/** Keeps what comes later, and puts units that come back onto the shelves, so that every report agrees with it. */
export function adoptions(whole: Pick<WholeWorld, 'calendar' | 'stock' | 'storage'>): Adopted {
  const { calendar } = whole;
  const reimbursements: Reimbursement[] = [];
  const rows: LedgerRow[] = [];
  const settled = new Map<string, number>();
  const reconciled = new Map<string, Reconciled[]>();
  let rowsByDay = new Map<number, LedgerRow[]>();
  let postedByDay = new Map<number, Transaction[]>();
  return {
    reimbursements,
    rowsOn: (day) => rowsByDay.get(day) ?? [],
    postedOn: (day) => postedByDay.get(day) ?? [],
    isSettled: (ids, ms) => ids.some((id) => (settled.get(id) ?? Infinity) < ms),
    reconciledAt: (row, ms) => reconcile(row, ms, reconciled.get(row.referenceId) ?? []),
    adopt(later) {
      reimbursements.push(...later.reimbursements);
      const within = later.rows.filter(({ day }) => day < calendar.days);
      for (const row of within) {
        rows.push(row);
        whole.stock.balances.add(row);
        whole.storage.add(row);
      }
      for (const { referenceId, ms } of later.settled) settled.set(referenceId, ms);
      for (const one of later.reconciled) {
        reconciled.set(one.referenceId, [...(reconciled.get(one.referenceId) ?? []), one]);
      }
      rowsByDay = groupBy(rows, ({ day }) => day);
      postedByDay = groupBy(credits(reimbursements, calendar), ({ postedMs }) =>
        calendar.dayOf(postedMs),
      );
    },
  };
}

/**
 * What is paid for falls out of the unreconciled quantity (Amazon's help page of the ledger's Detailed View). A payment that
 * is taken back leaves it so: the units were found, and their row stands beside, or the reversal itself is in dispute.
 */
function reconcile(row: LedgerRow, ms: number, payments: readonly Reconciled[]): LedgerRow {
  const { reconciled, unreconciled } = row;
  if (reconciled === null || !unreconciled) return row;
  const paid = payments
    .filter((one) => one.fnsku === row.product.fnsku && one.ms < ms)
    .reduce((sum, { units }) => sum + units, 0);
  const units = Math.min(unreconciled, paid);
  if (units === 0) return row;
  return { ...row, reconciled: reconciled + units, unreconciled: unreconciled - units };
}
