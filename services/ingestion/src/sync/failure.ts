import type { SyncResource } from '@recoup/contracts';
import {
  AmazonCallFailed,
  ApplicationRefused,
  LwaUnavailable,
  RateLimitExceeded,
  ReauthorizationRequired,
  ReportFailed,
  UnexpectedAnswer,
  WindowTooLarge,
} from '../amazon/errors.js';
import { isEssential } from '../plan/essential-resources.js';
import { RESOURCE_WORDS } from './count-words.js';
import { SourceFailed } from './source-failed.js';

/** Why a sync failed, for the machine and for the seller. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export const NOT_CONNECTED: Failure = {
  code: 'amazon_not_connected',
  message: 'Amazon account not connected. Please connect your Amazon account first.',
};

export const REAUTHORIZATION: Failure = {
  code: 'amazon_reauthorization_required',
  message: 'Amazon no longer accepts the consent. Please connect your Amazon account again.',
};

export const INTERNAL: Failure = {
  code: 'internal_error',
  message: 'The sync could not be finished because of a problem on our side.',
};

/** What a source failed with; null for a failure that is not Amazon's, after which the job is tried again. */
export function failureOf(error: unknown, resource: SyncResource | null): Failure | null {
  if (error instanceof ReauthorizationRequired) return REAUTHORIZATION;
  const known = reasonOf(error);
  if (!known) return null;
  const what = resource === null ? 'the order counts' : RESOURCE_WORDS[resource];
  return { code: known.code, message: `Failed to fetch ${what}: ${known.reason}` };
}

/**
 * What a source failed with, when the sync can go on without it; null where the failure is about more than this source, or
 * no claim could be told without it.
 */
export function bearableFailure(error: unknown): Failure | null {
  if (!(error instanceof SourceFailed) || isEssential(error.resource)) return null;
  const concernsAll =
    error.cause instanceof ReauthorizationRequired ||
    error.cause instanceof ApplicationRefused ||
    error.cause instanceof LwaUnavailable;
  return concernsAll ? null : failureOf(error.cause, error.resource);
}

function reasonOf(error: unknown): { code: string; reason: string } | null {
  if (error instanceof RateLimitExceeded) {
    return { code: 'rate_limited', reason: "Amazon's rate limit was exceeded" };
  }
  if (error instanceof ReportFailed) {
    return { code: 'report_failed', reason: 'Amazon could not make the report' };
  }
  if (error instanceof WindowTooLarge) {
    return { code: 'window_too_large', reason: 'Amazon could not give all of it in one go' };
  }
  if (error instanceof UnexpectedAnswer) {
    return { code: 'unexpected_answer', reason: 'Amazon answered in an unexpected form' };
  }
  if (error instanceof LwaUnavailable) {
    return { code: 'amazon_unavailable', reason: 'Amazon did not answer' };
  }
  if (error instanceof ApplicationRefused) {
    return { code: 'application_refused', reason: 'Amazon refused this application' };
  }
  return error instanceof AmazonCallFailed ? reasonOfCall(error) : null;
}

function reasonOfCall({ refusal }: AmazonCallFailed): { code: string; reason: string } {
  if (refusal.retryable) return { code: 'amazon_unavailable', reason: 'Amazon did not answer' };
  if (refusal.status === 403) return { code: 'amazon_refused', reason: 'Amazon refused access' };
  return { code: 'amazon_refused', reason: 'Amazon refused the request' };
}
