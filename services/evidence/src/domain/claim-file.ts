import type { Coverage, LedgerFact, ReimbursementFact } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';

/** A fact with the key that a claim's sources name it by. */
export interface Cited<T> {
  readonly key: string;
  readonly data: T;
}

/** A claim with all that its evidence is judged by, as its detection saw it. */
export interface ClaimFile {
  readonly claim: ClaimState;
  /** The cited ledger rows that are known; a cited row that is not is left out. */
  readonly ledger: readonly Cited<LedgerFact>[];
  readonly reimbursements: readonly Cited<ReimbursementFact>[];
  /** How many of the facts that it cites, of whatever kind, are not known. */
  readonly unstored: number;
  /** Of each report that its detection needed and did not read whole, a sentence. */
  readonly gaps: readonly string[];
  /** How whole the reports were that the detection read; null where it is not recorded. */
  readonly coverage: { readonly ledger: Coverage | null; readonly reimbursements: Coverage | null };
}
