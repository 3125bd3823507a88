/** A decision that was refused, as a value: business outcomes are not exceptions. */
export interface Rejection {
  readonly rejected: true;
  /** Machine word, such as `already_ended`. */
  readonly code: string;
  readonly message: string;
}

export function reject(code: string, message: string): Rejection {
  return { rejected: true, code, message };
}

export function isRejection(decision: unknown): decision is Rejection {
  return typeof decision === 'object' && decision !== null && 'rejected' in decision;
}
