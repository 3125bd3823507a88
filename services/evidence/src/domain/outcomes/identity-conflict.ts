import type { ClaimState } from '@recoup/domain';
import type { Conflict, Payee } from './match.js';
import type { PaymentRow } from './payment-row.js';

/**
 * Why a row that names a claim may not be counted for it: its other names are of something else, or it could be for several
 * shipments or removals and says for none. `news` is null where that was said before; null for no conflict.
 */
export function conflictOf(
  row: PaymentRow,
  state: ClaimState,
  candidates: readonly Payee[],
): { readonly news: Conflict | null } | null {
  const reasons = [...otherNames(row, state), ...severalBooked(row, candidates)];
  if (reasons.length === 0) return null;
  const { claimId, conflicts } = state;
  if (conflicts.includes(row.key)) return { news: null };
  const { reimbursementId: reference } = row.data;
  return { news: { claimId, as: 'conflict', fact: row.key, reference, reasons } };
}

function otherNames({ data }: PaymentRow, { subject }: ClaimState): string[] {
  const differing = [
    differs(data.fnsku, subject.fnsku) && `the product ${data.fnsku} and not ${subject.fnsku}`,
    differs(data.orderId, subject.orderId) &&
      `the order ${data.orderId} and not ${subject.orderId}`,
  ];
  return differing
    .filter((what) => what !== false)
    .map((what) => `Payment ${data.reimbursementId} names ${what}`);
}

/** Only what both name can differ. */
function differs(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== '' && b !== '' && a !== b;
}

/** No attribution across shipments or removals: a row names neither. */
function severalBooked({ data }: PaymentRow, candidates: readonly Payee[]): string[] {
  const booked = candidates.flatMap(
    ({ state }) => state.subject.shipmentId ?? state.subject.removalOrderId ?? [],
  );
  if (new Set(booked).size < 2) return [];
  return [`Payment ${data.reimbursementId} could be for ${[...new Set(booked)].join(' or ')}`];
}
