import type { SyncResource } from '@recoup/contracts';
import {
  AmazonCallFailed,
  ApplicationRefused,
  LwaUnavailable,
  RateLimitExceeded,
  ReauthorizationRequired,
  ReportFailed,
  UnexpectedAnswer,
} from '../amazon/errors.js';
import { RESOURCE_WORDS } from './count-words.js';

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

function reasonOf(error: unknown): { code: string; reason: string } | null {
  if (error instanceof RateLimitExceeded) {
    return { code: 'rate_limited', reason: "Amazon's rate limit was exceeded" };
  }
  if (error instanceof ReportFailed) {
    return { code: 'report_failed', reason: 'Amazon could not make the report' };
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
