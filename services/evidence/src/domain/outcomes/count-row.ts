import type { PaidRow } from '@recoup/contracts';
import { unitsOwed } from '@recoup/domain';
import type { Books } from './books.js';
import { caseOf, isPast, wasAskedFor } from './claim-standing.js';
import { conflictOf } from './identity-conflict.js';
import type { Conflict, Match, Payee } from './match.js';
import type { ReferencesOf } from './references.js';
import { paidFor } from './paid-reasons.js';
import { dayOf, inKindOf, moneyOf, takesBack, unitsOf, type PaymentRow } from './payment-row.js';

/**
 * What of a report's row is which claim's, beyond what is counted: by the case it names, else by its order, else by its
 * product, reason and day, the oldest loss first; where its names disagree nothing is counted.
 */
export function countRow(
  row: PaymentRow,
  books: Books,
  referencesOf: ReferencesOf,
): readonly (Match | Conflict)[] {
  const from = books.used(row.key);
  const left = { fact: row.key, from, units: Math.max(0, unitsOf(row) - from) };
  if (left.units === 0) return [];
  return takesBack(row)
    ? reversalsBy(row, left, { books, referencesOf })
    : paymentsBy(row, left, books);
}

function paymentsBy(row: PaymentRow, left: PaidRow, books: Books): readonly (Match | Conflict)[] {
  const { caseId } = row.data;
  if (caseId !== null) return paymentOfCase(row, left, books);
  const candidates = books.payees.filter((payee) => mayBePaidBy(row, payee));
  const conflict = candidates.map(({ state }) => conflictOf(row, state, candidates)).find(Boolean);
  if (conflict) return conflict.news ? [conflict.news] : [];
  return shared(row, left, {
    candidates: candidates.map((payee) => ({ payee, atMost: books.owed(payee), original: null })),
    as: ({ state }) => (wasAskedFor(state) ? 'paid' : 'unasked'),
  });
}

/** All of a row that names a case is that case's, be it more or less than was claimed. */
function paymentOfCase(row: PaymentRow, left: PaidRow, books: Books): (Match | Conflict)[] {
  const payee = books.payees.find(({ state }) => caseOf(state) === row.data.caseId);
  if (!payee) return [];
  const conflict = conflictOf(row, payee.state, [payee]);
  if (conflict) return conflict.news ? [conflict.news] : [];
  return [matchOf(row, left, { payee, as: 'paid', original: null })];
}

interface Reversing {
  readonly books: Books;
  readonly referencesOf: ReferencesOf;
}

function reversalsBy(
  row: PaymentRow,
  left: PaidRow,
  { books, referencesOf }: Reversing,
): readonly Match[] {
  const candidates = books.payees
    .filter(({ state }) => state.subject.fnsku === row.data.fnsku)
    .flatMap((payee) =>
      referencesOf(row).map((original) => {
        return { payee, atMost: books.paidUnder(payee, original), original };
      }),
    );
  return shared(row, left, { candidates, as: () => 'reversed' });
}

interface Candidate {
  readonly payee: Payee;
  readonly atMost: number;
  readonly original: string | null;
}

interface Sharing {
  readonly candidates: readonly Candidate[];
  readonly as: (payee: Payee) => Match['as'];
}

/** The units of a row over claims, in their order, each as many as it can take. */
function shared(row: PaymentRow, left: PaidRow, { candidates, as }: Sharing): Match[] {
  const matches: Match[] = [];
  let { from, units } = left;
  for (const { payee, atMost, original } of candidates) {
    const taken = Math.min(units, atMost);
    if (taken === 0) continue;
    const share = { fact: row.key, from, units: taken };
    matches.push(matchOf(row, share, { payee, as: as(payee), original }));
    from += taken;
    units -= taken;
  }
  return matches;
}

interface Owner {
  readonly payee: Payee;
  readonly as: Match['as'];
  readonly original: string | null;
}

function matchOf(row: PaymentRow, share: PaidRow, { payee, as, original }: Owner): Match {
  const { reimbursementId: reference, caseId, fnsku, currency } = row.data;
  return {
    claimId: payee.state.claimId,
    ...{ as, share, reference, caseId, fnsku, currency, original },
    day: dayOf(row),
    money: moneyOf(row, share),
    unitsInKind: inKindOf(row, share),
  };
}

/** Whether a row without a case could be for a claim: of its kind, after its loss, and not netted when it was found. */
function mayBePaidBy(row: PaymentRow, payee: Payee): boolean {
  const { state, foundAsOf } = payee;
  const kind = paidFor(row.data.reason);
  if (!kind?.subtypes.includes(state.subtype)) return false;
  if (row.firstBatch <= foundAsOf || dayOf(row) < state.lossDay) return false;
  if (unitsOwed(state) === 0 || isPast(row.firstBatch, payee)) return false;
  const { subject } = state;
  if (kind.by === 'order') return subject.orderId !== null && subject.orderId === row.data.orderId;
  return row.data.orderId === null && subject.fnsku === row.data.fnsku;
}
