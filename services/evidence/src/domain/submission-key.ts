import { derivedName } from '@recoup/kernel';

export interface SubmissionAttempt {
  readonly claimId: string;
  readonly quantity: number;
  /** From 1; a further one is made only after the desk refused the one before. */
  readonly attempt: number;
}

/**
 * The idempotency key of a request to file: the same for every try of one request, another for another quantity or
 * attempt. The desk knows a case by it, so it must never be random.
 */
export function submissionKey({ claimId, quantity, attempt }: SubmissionAttempt): string {
  return derivedName('filing', claimId, String(quantity), String(attempt));
}
