import type { AllocationLine, TransactionFact } from '@recoup/contracts';
import { minorOf } from '@recoup/kernel';
import { differs, minorIn, minorSum, ofKind, unitsIn, type Look, type Told } from './look.js';

/** What was charged for a shipment less what was given back of it, each line beside the transaction that it names. */
export function chargedForShipment(look: Look): Told {
  const { claim, cited } = look;
  const lines = claim.assessment.allocation;
  const currency = lines[0]?.amount?.currency ?? '';
  const charged = lines.filter(({ kind }) => kind === 'charged');
  const back = lines.filter(({ kind }) => kind === 'refunded');
  const posted = ofKind(cited, 'transaction');
  const total = minorDifference(minorIn(charged, currency), minorIn(back, currency));
  // A charge that came twice is claimed once less: which of both was right nobody can tell.
  const units = claim.assessment.value.total === null ? unitsIn(charged) - 1 : 1;
  const once = differs('Charges and what was given back', lines.length, unitsIn(lines));
  return { units, total, doubts: [...once, ...lines.flatMap((line) => unposted(line, posted))] };
}

function unposted(line: AllocationLine, posted: readonly TransactionFact[]): readonly string[] {
  const { amount, reference, kind } = line;
  const stated = amount ? minorOf(amount.amount, amount.currency) : null;
  const sign = kind === 'charged' ? -1n : 1n;
  const stands = posted.some(({ amounts }) =>
    amounts.some(
      (one) =>
        one.type === reference &&
        stated !== null &&
        one.currency === amount?.currency &&
        minorOf(one.amount, one.currency) === stated * sign,
    ),
  );
  if (stands) return [];
  return [`No transaction of ${reference} has the amount ${amount?.amount ?? 'that is left out'}`];
}

/** The first less the second; null where one is not known. */
export function minorDifference(a: bigint | null, b: bigint | null): bigint | null {
  return minorSum([a, b === null ? null : -b]);
}
