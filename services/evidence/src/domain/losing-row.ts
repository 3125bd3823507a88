import type { ClaimSubtype, LedgerFact } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import type { Cited } from './claim-file.js';

/** Reason codes that open each kind of claim (Seller Central, Inventory Ledger help). */
const openingCodes: Readonly<Partial<Record<ClaimSubtype, ReadonlySet<string>>>> = {
  lost_warehouse: new Set(['M', '5']),
  damaged_warehouse: new Set(['E']),
};

/**
 * The cited row that took the units away: the one that the first line of the allocation names. Null when no cited row
 * shows the loss that the claim speaks of.
 */
export function losingRow(
  { subtype, lossDay, assessment }: ClaimState,
  ledger: readonly Cited<LedgerFact>[],
): Cited<LedgerFact> | null {
  const line = assessment.allocation.find(({ kind }) => kind === 'lost' || kind === 'damaged');
  if (!line) return null;
  const found = ledger.find(
    ({ data }) =>
      data.quantity < 0 &&
      openingCodes[subtype]?.has(reasonOf(data)) === true &&
      data.day === lossDay &&
      data.referenceId === line.reference &&
      (line.facility === null || data.fulfillmentCenter === line.facility),
  );
  return found ?? null;
}

/** The reason code as the report prints it, without stray blanks. */
export function reasonOf({ reason }: LedgerFact): string {
  return reason.trim().toUpperCase();
}
