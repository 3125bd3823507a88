import { z } from 'zod';

/** What the activity list tells of, in its own words. */
export const activityKindSchema = z.enum([
  'sync_started',
  'sync_completed',
  'sync_failed',
  'sync_cancelled',
  'amazon_connected',
  'amazon_reauthorization_required',
  'amazon_disconnected',
  'claim_detected',
  'claim_needs_review',
  'claim_submitted',
  'claim_approved',
  'claim_denied',
  'claim_paid',
  'claim_paid_unasked',
  'claim_reversed',
  'claim_overdue',
  'claim_deadline',
  'claim_expired',
  'claim_dismissed',
  'claim_withdrawn',
  'kill_switch',
  'filing_paused',
  'risks_noted',
]);
export type ActivityKind = z.infer<typeof activityKindSchema>;
