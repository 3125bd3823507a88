import type { Coverage, LedgerFact, ReimbursementFact } from '@recoup/contracts';
import type { ClaimState, DocumentState } from '@recoup/domain';
import type { ShippedUnits } from './invoice-coverage.js';
import type { Look } from './reckoning/look.js';

/** A fact with the key that a claim's sources name it by. */
export interface Cited<T> {
  readonly key: string;
  readonly data: T;
}

/** What people gave, and what it has to be held against. */
export interface GivenEvidence {
  /** The seller's documents that are in use, the oldest first. */
  readonly documents: readonly DocumentState[];
  /** All shipments of the claim's product, whatever claim they belong to. */
  readonly shipped: readonly ShippedUnits[];
  /** Amazon charged the freight of the claim's shipment: its own partner carried it. */
  readonly partnered: boolean;
}

/** A claim with all that its evidence is judged by, as its detection saw it. */
export interface ClaimFile {
  readonly claim: ClaimState;
  /** The cited ledger rows that are known; a cited row that is not is left out. */
  readonly ledger: readonly Cited<LedgerFact>[];
  readonly reimbursements: readonly Cited<ReimbursementFact>[];
  /** All that it cites, and what its order and its product are known by besides. */
  readonly records: Omit<Look, 'claim'>;
  /** How many of the facts that it cites, of whatever kind, are not known. */
  readonly unstored: number;
  /** Of each report that its detection needed and did not read whole, a sentence. */
  readonly gaps: readonly string[];
  /** How whole the reports were that the detection read; null where it is not recorded. */
  readonly coverage: { readonly ledger: Coverage | null; readonly reimbursements: Coverage | null };
  /** Left out where the claim rests on nothing that a person could give. */
  readonly given?: GivenEvidence;
}
