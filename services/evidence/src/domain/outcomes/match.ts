import type { PaidRow } from '@recoup/contracts';
import type { ClaimState } from '@recoup/domain';
import type { Money } from '@recoup/kernel';

/** A claim that payments may be for. */
export interface Payee {
  readonly state: ClaimState;
  /** Facts up to this batch were netted when it was found: older ones are no news to it. */
  readonly foundAsOf: number;
  /** Facts up to this batch were read by the detection that took it back; null where none has. */
  readonly endedAsOf: number | null;
}

/** Money, or units in kind, that are a claim's: a share of a report's row, or a transaction. */
export interface Match {
  readonly claimId: string;
  readonly as: 'paid' | 'unasked' | 'reversed';
  readonly share: PaidRow;
  /** The reimbursement id of a row, the id of a transaction. */
  readonly reference: string;
  readonly day: string;
  readonly fnsku: string;
  readonly currency: string;
  /** Never negative; null where it is told of units in kind only. */
  readonly money: Money | null;
  readonly unitsInKind: number;
  readonly caseId: string | null;
  /** The payment that is taken back, by the reference it was counted under; null for a payment. */
  readonly original: string | null;
}

/** What names a claim in one way and something else in another: nothing is counted. */
export interface Conflict {
  readonly claimId: string;
  readonly as: 'conflict';
  readonly fact: string;
  readonly reference: string;
  readonly reasons: readonly string[];
}
