import type { ReimbursementFact } from '@recoup/contracts';
import { minorOf } from '@recoup/kernel';
import { differs, linesOf, minorIn, minorSum, ofKind, sum, unitsIn } from './look.js';
import type { Look, Told } from './look.js';
import { minorDifference } from './charges.js';
import { unitsPaid } from './set-off-lines.js';

/** Cash that the report names and no transaction brought: the rows of the reimbursement, added up. */
export function notPaidOut(look: Look): Told {
  const rows = ofKind(look.cited, 'reimbursement');
  const currency = currencyOf(look);
  const expected = linesOf(look, 'expected');
  const due = minorSum(rows.map((row) => amountIn(row, currency)));
  const units = rows.length === 0 ? null : sum(rows.map(({ quantityCash }) => quantityCash));
  return {
    units,
    total: due,
    doubts: [
      ...differs('Units of the payment', units, unitsIn(expected)),
      ...(due === minorIn(expected, currency) ? [] : [DIFFERENT]),
    ],
  };
}

const DIFFERENT = 'The payment that is calculated with is not the one in the report';

/** What was due less what was paid. What was paid must stand in the report; what was due, the seller's cost or the sale tells. */
export function paidTooLittle(look: Look): Told {
  const rows = ofKind(look.cited, 'reimbursement');
  const currency = currencyOf(look);
  const [due, paid] = [linesOf(look, 'expected'), linesOf(look, 'paid')];
  const [first] = paid;
  const own = rows.filter(({ reimbursementId }) => reimbursementId === first?.reference);
  const stands = minorSum(own.map((row) => amountIn(row, currency)));
  const dueOfOne = due[0]?.quantity ?? null;
  return {
    units: dueOfOne,
    total: minorDifference(minorIn(due, currency), minorIn(paid, currency)),
    doubts: [
      ...differs('Units of the payment', dueOfOne, first?.quantity ?? 0),
      ...(own.length > 0 && stands === minorIn(paid.slice(0, 1), currency) ? [] : [DIFFERENT]),
    ],
  };
}

/** A payment that was taken back: no more than its row says, or than it was above what had been paid. */
export function takenBack(look: Look): Told {
  const [line] = linesOf(look, 'reversed');
  const currency = currencyOf(look);
  const rows = ofKind(look.cited, 'reimbursement').filter(
    ({ reimbursementId }) => reimbursementId === line?.reference,
  );
  const row = rows.find((one) => amountIn(one, currency) === minorIn(line ? [line] : [], currency));
  if (!line || !row) return { units: null, total: null, doubts: [DIFFERENT] };
  const { quantity, value } = look.claim.assessment;
  const whole = unitsPaid(row);
  const doubts = differs('Units taken back', whole, line.quantity);
  const minor = amountIn(row, currency);
  if (value.basis === 'difference') {
    return { units: whole, total: excessOf(look, { row, currency }), doubts };
  }
  // Units of it that came back, or belong to an open loss, are not claimed here: a part is at most the whole.
  const units = Math.min(quantity, whole);
  const share = minor === null ? null : (minor * BigInt(units)) / BigInt(Math.max(1, whole));
  return { units, total: value.total === null ? null : share, doubts };
}

/** What all reversals up to this one took beyond what had been paid, at most what this one took. */
function excessOf(
  { cited }: Look,
  { row, currency }: { readonly row: ReimbursementFact; readonly currency: string },
): bigint | null {
  const paid = ofKind(cited, 'reimbursement').filter(
    ({ reimbursementId }) => reimbursementId === row.originalReimbursementId,
  );
  const before = minorSum(paid.map((one) => amountIn(one, currency)));
  return minorDifference(amountIn(row, currency), before);
}

function currencyOf({ claim }: Look): string {
  return claim.assessment.allocation[0]?.amount?.currency ?? '';
}

/** Minor units without their sign; null in another currency. */
function amountIn(row: ReimbursementFact, currency: string): bigint | null {
  const minor = row.currency === currency ? minorOf(row.amountTotal, currency) : null;
  return minor !== null && minor < 0n ? -minor : minor;
}
