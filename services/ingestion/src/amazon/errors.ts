import { AppError } from '@recoup/kernel';
import type { OperationName } from './operations.js';

export interface AmazonRefusal {
  readonly operation: OperationName;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** Amazon's own word, such as `InvalidInput`; null when the body gave none. */
  readonly amazonCode: string | null;
  /** `x-amzn-RequestId`: what Amazon's support asks for. */
  readonly requestId: string | null;
  readonly retryable: boolean;
}

/** An SP-API call that did not succeed. The message holds Amazon's words, never a token. */
export class AmazonCallFailed extends AppError {
  readonly code = 'AMAZON_CALL_FAILED';
  readonly refusal: AmazonRefusal;

  constructor(message: string, refusal: AmazonRefusal, options?: ErrorOptions) {
    super(`${refusal.operation}: ${message}`, options);
    this.refusal = refusal;
  }
}

/** Amazon kept answering 429 although the local bucket had tokens: its limit is lower than it says. */
export class RateLimitExceeded extends AppError {
  readonly code = 'AMAZON_RATE_LIMIT';
}

/** An answer that does not have the documented shape. Read as data it would be a silent hole. */
export class UnexpectedAnswer extends AppError {
  readonly code = 'AMAZON_UNEXPECTED_ANSWER';
}

/** LWA answers `invalid_grant`: the seller withdrew the consent, or it ran out. Only the seller can mend it. */
export class ReauthorizationRequired extends AppError {
  readonly code = 'AMAZON_REAUTHORIZATION_REQUIRED';
  /** Version of the stored consent that was refused; null where none was stored. */
  readonly consent: number | null;

  constructor(
    message: string,
    { consent = null, ...options }: ErrorOptions & { readonly consent?: number | null } = {},
  ) {
    super(message, options);
    this.consent = consent;
  }
}

/** LWA refuses this application itself (`invalid_client`): the operator's settings are wrong, not the seller. */
export class ApplicationRefused extends AppError {
  readonly code = 'AMAZON_APPLICATION_REFUSED';
}

/** LWA could not be reached, or kept failing. */
export class LwaUnavailable extends AppError {
  readonly code = 'AMAZON_LWA_UNAVAILABLE';
}

/** A report that Amazon could not make, however often it was asked. */
export class ReportFailed extends AppError {
  readonly code = 'AMAZON_REPORT_FAILED';
}

/**
 * What lies in a window cannot be had in one walk of pages: Amazon refuses the answer as too large, or the page tokens
 * keep running out. A shorter window may be read.
 */
export class WindowTooLarge extends AppError {
  readonly code = 'AMAZON_WINDOW_TOO_LARGE';
}
