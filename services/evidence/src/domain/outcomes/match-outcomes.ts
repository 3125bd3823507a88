import { addDays } from '@recoup/kernel';
import { openBooks, type Books } from './books.js';
import { caseOf } from './claim-standing.js';
import { countCredit } from './count-credit.js';
import { countRow } from './count-row.js';
import type { Credit } from './credit.js';
import { conflictOf } from './identity-conflict.js';
import type { Conflict, Match, Payee } from './match.js';
import { pairCredits } from './pair-credits.js';
import { referencesIn } from './references.js';
import { paidFor } from './paid-reasons.js';
import { byApproval, type PaymentRow } from './payment-row.js';

/** What tells of payments. */
export interface Told {
  /** All rows of the seller's reimbursement reports. */
  readonly rows: readonly PaymentRow[];
  /** All transactions that could concern the seller's claims. */
  readonly credits?: readonly Credit[];
  /** The last day up to which the reimbursement reports were read whole; null while none were. */
  readonly reportsReadTo?: string | null;
}

/**
 * Days after which a row is no longer waited for: reports are read again for as many, and a row has been seen to appear some
 * five days after its approval (help page 200732720 of Seller Central).
 */
const WAIT_DAYS = 35;

/**
 * Which money is which claim's, beyond what the claims' own events tell already. The report's row is the better witness: it
 * names the case, the reason and what it takes back. A transaction stands in for a row that did not come, and for money
 * that the report never tells of. No unit of a row and no transaction counts twice, nor do both for one payment; deciding
 * again over the result gives nothing.
 */
export function matchOutcomes(payees: readonly Payee[], told: Told): readonly (Match | Conflict)[] {
  const books = openBooks(payees);
  const found: Match[] = [];
  // What is counted may settle what could have been meant by something else, and names what was taken back: until nothing is new.
  for (;;) {
    const conflicts: Conflict[] = [];
    const before = found.length;
    for (const one of lookThrough(books, told)) {
      if (one.as === 'conflict') conflicts.push(one);
      else found.push(one);
    }
    if (found.length === before) return [...found, ...conflicts];
  }
}

function* lookThrough(
  books: Books,
  { rows, credits = [], reportsReadTo = null }: Told,
): Generator<Match | Conflict> {
  const isCounted = (fact: string): boolean => books.used(fact) > 0;
  const { toldBefore, unreported } = pairCredits({ rows, credits, isCounted });
  const counted = credits.filter(({ key }) => isCounted(key));
  const referencesOf = referencesIn({ rows, toldBefore, counted });
  const after = Math.min(...books.payees.map(({ foundAsOf }) => foundAsOf));
  for (const row of rows.toSorted(byApproval)) {
    const credit = toldBefore.get(row.key);
    if (credit) yield* contradicted(row, credit, books);
    else if (row.firstBatch > after) yield* noted(countRow(row, books, referencesOf), books);
  }
  for (const credit of unreported) {
    if (isRipe(credit, reportsReadTo)) yield* noted(countCredit(credit, books), books);
  }
}

function noted(found: readonly (Match | Conflict)[], books: Books): readonly (Match | Conflict)[] {
  for (const one of found) if (one.as !== 'conflict') books.add(one);
  return found;
}

/** Fees are not in the report: no row of them is waited for. */
function isRipe({ of, day }: Credit, readTo: string | null): boolean {
  return of === 'fee' || (readTo !== null && readTo >= addDays(day, WAIT_DAYS));
}

/** A row that came after its transaction was counted, and names another claim than that one. */
function contradicted(row: PaymentRow, credit: Credit, books: Books): readonly Conflict[] {
  const { payees } = books;
  const payee = payees.find(({ state }) => state.claimId === books.ownerOf(credit.key));
  if (!payee) return [];
  const { state } = payee;
  const differing = conflictOf(row, state, [payee]);
  if (differing) return differing.news ? [differing.news] : [];
  const other = otherMeaning(row, payee, payees);
  if (other === null || state.conflicts.includes(row.key)) return [];
  const { claimId } = state;
  const reference = row.data.reimbursementId;
  const reasons = [
    `Payment ${reference} is for ${other}, and its money was counted for this claim`,
  ];
  return [{ claimId, as: 'conflict', fact: row.key, reference, reasons }];
}

function otherMeaning(
  { data: { caseId, reason } }: PaymentRow,
  { state }: Payee,
  payees: readonly Payee[],
): string | null {
  const owner = payees.find((one) => caseId !== null && caseOf(one.state) === caseId) ?? null;
  const own = caseOf(state);
  if (owner) return owner.state === state ? null : `case ${caseId}`;
  if (caseId !== null) return own === null || own === caseId ? null : `case ${caseId}`;
  const kind = paidFor(reason);
  return kind === null || kind.subtypes.includes(state.subtype) ? null : reason;
}
