import type { PaidRow } from '@recoup/contracts';
import { awaitsFiling, isUnfiled, unitsOwed, type ClaimState } from '@recoup/domain';
import { conflictOf } from './identity-conflict.js';
import { paidFor } from './paid-reasons.js';
import { byApproval, dayOf, takesBack, unitsOf, type PaymentRow } from './payment-row.js';

/** A claim that payments may be for. */
export interface Payee {
  readonly state: ClaimState;
  /** Facts up to this batch were netted when it was found: older rows are no news to it. */
  readonly foundAsOf: number;
  /** Facts up to this batch were read by the detection that took it back; null where none has. */
  readonly endedAsOf: number | null;
}

/** Units of a row that are a claim's. */
export interface Match {
  readonly claimId: string;
  readonly as: 'paid' | 'unasked' | 'reversed';
  readonly row: PaymentRow;
  readonly share: PaidRow;
}

/** A row that names a claim in one way and something else in another: nothing is counted. */
export interface Conflict {
  readonly claimId: string;
  readonly as: 'conflict';
  readonly row: PaymentRow;
  readonly reasons: readonly string[];
}

/**
 * Which units of which rows are which claim's, beyond what the claims' own events tell already. A row is counted for a
 * claim by the case it names, else by its order, else by its product, reason and day, the oldest loss first; where its
 * names disagree nothing is counted. No unit of a row is counted twice, and deciding again over the result gives nothing.
 */
export function matchPayments(
  payees: readonly Payee[],
  rows: readonly PaymentRow[],
): readonly (Match | Conflict)[] {
  const books = openBooks(payees);
  const found: (Match | Conflict)[] = [];
  for (const row of rows.toSorted(byApproval)) {
    const left = books.left(row);
    if (left.units === 0) continue;
    const matched = takesBack(row) ? reversalsBy(row, left, books) : paymentsBy(row, left, books);
    for (const one of matched) if (one.as !== 'conflict') books.add(one);
    found.push(...matched);
  }
  return found;
}

type Books = ReturnType<typeof openBooks>;

/** What is counted so far: of each row, and of each claim. */
function openBooks(payees: readonly Payee[]) {
  const used = new Map<string, number>();
  const planned = new Map<string, Match[]>();
  const use = ({ fact, from, units }: PaidRow): void =>
    void used.set(fact, Math.max(used.get(fact) ?? 0, from + units));
  for (const { state } of payees) {
    const { payments, unasked, reversals } = state;
    for (const { row } of [...payments, ...unasked, ...reversals]) if (row) use(row);
  }
  return {
    payees: payees.toSorted((a, b) => byLoss(a.state, b.state)),
    left(row: PaymentRow): PaidRow {
      const from = used.get(row.key) ?? 0;
      return { fact: row.key, from, units: Math.max(0, unitsOf(row) - from) };
    },
    add(match: Match): void {
      use(match.share);
      planned.set(match.claimId, [...(planned.get(match.claimId) ?? []), match]);
    },
    /** Units still to be paid, what is planned taken off. */
    owed({ state }: Payee): number {
      const mine = planned.get(state.claimId) ?? [];
      const paid = mine.filter(({ as }) => as !== 'reversed');
      return Math.max(0, unitsOwed(state) - paid.reduce((sum, { share }) => sum + share.units, 0));
    },
    /** Units that were paid under a reimbursement id and not taken back. */
    paidUnder({ state }: Payee, reference: string): number {
      const events = [...state.payments, ...state.unasked]
        .filter((one) => one.reference === reference)
        .reduce((sum, { row }) => sum + (row?.units ?? 0), 0);
      const mine = planned.get(state.claimId) ?? [];
      const coming = mine
        .filter(({ as, row }) => as !== 'reversed' && row.data.reimbursementId === reference)
        .reduce((sum, { share }) => sum + share.units, 0);
      const taken = state.reversals
        .filter(({ original }) => original === reference)
        .reduce((sum, { row }) => sum + (row?.units ?? 0), 0);
      const going = mine
        .filter(({ as, row }) => as === 'reversed' && originalOf(row) === reference)
        .reduce((sum, { share }) => sum + share.units, 0);
      return Math.max(0, events + coming - taken - going);
    },
  };
}

function paymentsBy(row: PaymentRow, left: PaidRow, books: Books): readonly (Match | Conflict)[] {
  const { caseId } = row.data;
  if (caseId !== null) return paymentOfCase(row, left, books);
  const candidates = books.payees.filter((payee) => mayBePaidBy(row, payee));
  const conflict = candidates.map(({ state }) => conflictOf(row, state, candidates)).find(Boolean);
  if (conflict) return conflict.news ? [conflict.news] : [];
  return shared(row, left, {
    candidates: candidates.map((payee) => ({ payee, atMost: books.owed(payee) })),
    as: ({ state }) => (wasAskedFor(state) ? 'paid' : 'unasked'),
  });
}

/** All of a row that names a case is that case's, be it more or less than was claimed. */
function paymentOfCase(row: PaymentRow, left: PaidRow, books: Books): (Match | Conflict)[] {
  const payee = books.payees.find(({ state }) => caseOf(state) === row.data.caseId);
  if (!payee) return [];
  const { claimId } = payee.state;
  const conflict = conflictOf(row, payee.state, [payee]);
  if (conflict) return conflict.news ? [conflict.news] : [];
  return [{ claimId, as: 'paid', row, share: left }];
}

function reversalsBy(row: PaymentRow, left: PaidRow, books: Books): readonly Match[] {
  const original = originalOf(row);
  if (original === null) return [];
  return shared(row, left, {
    candidates: books.payees
      .filter(({ state }) => state.subject.fnsku === row.data.fnsku)
      .map((payee) => ({ payee, atMost: books.paidUnder(payee, original) })),
    as: () => 'reversed',
  });
}

interface Sharing {
  readonly candidates: readonly { readonly payee: Payee; readonly atMost: number }[];
  readonly as: (payee: Payee) => Match['as'];
}

/** The units of a row over claims, in their order, each as many as it can take. */
function shared(row: PaymentRow, left: PaidRow, { candidates, as }: Sharing): Match[] {
  const matches: Match[] = [];
  let { from, units } = left;
  for (const { payee, atMost } of candidates) {
    const taken = Math.min(units, atMost);
    if (taken === 0) continue;
    const { claimId } = payee.state;
    matches.push({ claimId, as: as(payee), row, share: { fact: row.key, from, units: taken } });
    from += taken;
    units -= taken;
  }
  return matches;
}

/** Whether a row without a case could be for a claim: of its kind, after its loss, and not netted when it was found. */
function mayBePaidBy(row: PaymentRow, payee: Payee): boolean {
  const { state, foundAsOf } = payee;
  const kind = paidFor(row.data.reason);
  if (!kind?.subtypes.includes(state.subtype)) return false;
  if (row.firstBatch <= foundAsOf || dayOf(row) < state.lossDay) return false;
  if (unitsOwed(state) === 0 || isPast(row, payee)) return false;
  const { subject } = state;
  if (kind.by === 'order') return subject.orderId !== null && subject.orderId === row.data.orderId;
  return row.data.orderId === null && subject.fnsku === row.data.fnsku;
}

/** A claim that has ended is paid only by what was there when it was taken back: later payments are for other losses. */
function isPast({ firstBatch }: PaymentRow, { state, endedAsOf }: Payee): boolean {
  if (endedAsOf !== null) return firstBatch > endedAsOf;
  return isUnfiled(state) && !awaitsFiling(state);
}

/**
 * A payment that names no case is an answer where the case is not known here, or where Amazon has agreed. Everything else
 * it has done by itself: for a case it names the case.
 */
function wasAskedFor(state: ClaimState): boolean {
  if (isUnfiled(state)) return false;
  return caseOf(state) === null || (state.decision !== null && state.decision.outcome !== 'denied');
}

function caseOf({ decision, submission }: ClaimState): string | null {
  return decision?.amazonCaseId ?? submission?.amazonCaseId ?? null;
}

function originalOf({ data }: PaymentRow): string | null {
  return data.originalReimbursementId;
}

function byLoss(a: ClaimState, b: ClaimState): number {
  if (a.lossDay !== b.lossDay) return a.lossDay < b.lossDay ? -1 : 1;
  return a.claimId < b.claimId ? -1 : 1;
}
