import { groupBy } from '../group-by.js';
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
}

/** The facts that a world has taken in so far. */
export interface Adopted {
  readonly reimbursements: readonly Reimbursement[];
  readonly rowsOn: (day: number) => readonly LedgerRow[];
  readonly postedOn: (day: number) => readonly Transaction[];
  /** Whether a loss was put right before an instant. */
  isSettled(referenceIds: readonly string[], ms: number): boolean;
  adopt(later: LaterFacts): void;
}

/** Keeps what comes later, and puts units that come back onto the shelves, so that every report agrees with it. */
export function adoptions(whole: Pick<WholeWorld, 'calendar' | 'stock' | 'storage'>): Adopted {
  const { calendar } = whole;
  const reimbursements: Reimbursement[] = [];
  const rows: LedgerRow[] = [];
  const settled = new Map<string, number>();
  let rowsByDay = new Map<number, LedgerRow[]>();
  let postedByDay = new Map<number, Transaction[]>();
  return {
    reimbursements,
    rowsOn: (day) => rowsByDay.get(day) ?? [],
    postedOn: (day) => postedByDay.get(day) ?? [],
    isSettled: (ids, ms) => ids.some((id) => (settled.get(id) ?? Infinity) < ms),
    adopt(later) {
      reimbursements.push(...later.reimbursements);
      const within = later.rows.filter(({ day }) => day < calendar.days);
      for (const row of within) {
        rows.push(row);
        whole.stock.balances.add(row);
        whole.storage.add(row);
      }
      for (const { referenceId, ms } of later.settled) settled.set(referenceId, ms);
      rowsByDay = groupBy(rows, ({ day }) => day);
      postedByDay = groupBy(credits(reimbursements, calendar), ({ postedMs }) =>
        calendar.dayOf(postedMs),
      );
    },
  };
}
