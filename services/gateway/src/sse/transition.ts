import type { EventData, RecordedEvent } from '@recoup/contracts';
import type { Money } from '@recoup/kernel';
import { waitTold } from './waiting-told.js';
import { closedText } from '../projections/window-text.js';

/** A change of state that clients act on, in their words. */
export interface Transition {
  readonly type: 'sync' | 'detection' | 'claim' | 'evidence' | 'refund';
  readonly status: string;
  /** When it happened. */
  readonly timestamp: string;
  /** The ids it speaks of, amounts in major units, and the words a person reads. */
  readonly data: Readonly<Record<string, unknown>>;
}

type Told = Omit<Transition, 'timestamp'>;

/**
 * What the live feed tells of an event; null for nothing. Transitions only: a client answers each with requests of its
 * own.
 */
export function transitionOf(event: RecordedEvent): Transition | null {
  const told =
    ofSync(event) ?? ofDetection(event) ?? ofClaim(event) ?? ofOutcome(event) ?? ofWaiting(event);
  return (
    told && { type: told.type, status: told.status, timestamp: event.occurredAt, data: told.data }
  );
}

function ofSync(event: RecordedEvent): Told | null {
  switch (event.type) {
    case 'sync.requested':
      return { type: 'sync', status: 'in_progress', data: event.data };
    case 'sync.completed': {
      const { syncId, counts } = event.data;
      const data = { syncId, progress: 100, ordersProcessed: counts.orders?.processed ?? 0 };
      return { type: 'sync', status: 'complete', data: { ...data, message: 'Sync Complete' } };
    }
    case 'sync.failed': {
      const { syncId, code, message } = event.data;
      return { type: 'sync', status: 'failed', data: { syncId, code, message } };
    }
    case 'sync.cancelled':
      return {
        type: 'sync',
        status: 'cancelled',
        data: { syncId: event.data.syncId, message: 'Sync cancelled' },
      };
    default:
      return null;
  }
}

function ofDetection(event: RecordedEvent): Told | null {
  switch (event.type) {
    case 'claim.detection_started': {
      const { detectionId, syncId, trigger } = event.data;
      return { type: 'detection', status: 'in_progress', data: { detectionId, syncId, trigger } };
    }
    case 'claim.detection_completed': {
      const { detectionId, syncId, claims, potential, amountUnknown } = event.data;
      const found = { newClaims: claims.new, openClaims: claims.open, amountUnknown };
      const data = { detectionId, syncId, ...found, potential: potential.map(amountOf) };
      return { type: 'detection', status: 'complete', data };
    }
    case 'claim.detection_failed':
      return { type: 'detection', status: 'failed', data: event.data };
    default:
      return null;
  }
}

function ofClaim(event: RecordedEvent): Told | null {
  switch (event.type) {
    case 'claim.detected':
      return { type: 'claim', status: 'detected', data: found(event.data) };
    case 'claim.validated':
      return { type: 'evidence', ...evidenceOf(event.data) };
    case 'claim.submitted': {
      const { claimId, amazonCaseId, channel } = event.data;
      return { type: 'claim', status: 'filed', data: { claimId, amazonCaseId, channel } };
    }
    case 'claim.withdrawn': {
      const { claimId, reason } = event.data;
      return { type: 'claim', status: 'withdrawn', data: { claimId, reason } };
    }
    default:
      return null;
  }
}

/** What came of a claim. A list shows what expired or was taken back among the denied. */
function ofOutcome(event: RecordedEvent): Told | null {
  switch (event.type) {
    case 'claim.approved':
    case 'claim.partially_approved': {
      const { claimId, amazonCaseId, amount, expectedOn } = event.data;
      const partially = event.type === 'claim.partially_approved';
      const data = { claimId, amazonCaseId, ...amountOf(amount), expectedOn, partially };
      return { type: 'claim', status: 'approved', data };
    }
    case 'claim.denied': {
      const { claimId, amazonCaseId, reason } = event.data;
      return { type: 'claim', status: 'denied', data: { claimId, amazonCaseId, reason } };
    }
    case 'claim.expired': {
      const { claimId, deadline } = event.data;
      const reason = `The ${closedText(event.data)}.`;
      return { type: 'claim', status: 'denied', data: { claimId, deadline, reason } };
    }
    case 'claim.reversed': {
      const { claimId, amount, reversedOn, reason } = event.data;
      const data = { claimId, ...amountOf(amount), reversedOn, reason };
      return { type: 'claim', status: 'denied', data };
    }
    case 'claim.paid':
    case 'claim.paid_unasked': {
      const { claimId, reference, paidOn, amount, unitsInKind } = event.data;
      const data = { claimId, reference, ...amountOf(amount), paidOn, unitsInKind };
      return { type: 'refund', status: 'deposited', data };
    }
    default:
      return null;
  }
}

/** A claim, or all claims that are to be filed, may wait for something else now. */
function ofWaiting(event: RecordedEvent): Told | null {
  const data = waitTold(event);
  return data && { type: 'claim', status: 'waiting', data: { ...data } };
}

function found(claim: EventData<'claim.detected'>): Told['data'] {
  const { claimId, detectionId, claimType, subtype, tier, quantity, deadline } = claim;
  return {
    ...{ claimId, detectionId, claimType, subtype, tier, quantity, deadline },
    sku: claim.subject.sku,
    confidence: claim.score.confidence,
    ...amountOf(claim.value.total),
  };
}

const EVIDENCE_WORDS = { Available: 'completed', Missing: 'linked', Rejected: 'failed' } as const;

function evidenceOf(validated: EventData<'claim.validated'>): Omit<Told, 'type'> {
  const { claimId, requiredDocuments, amazonCompliance, successProbability } = validated;
  const data = { claimId, requiredDocuments, amazonCompliance, successProbability };
  return { status: EVIDENCE_WORDS[requiredDocuments], data };
}

/** As bodies show money: a number in major units beside its currency; an unknown amount is no zero. */
function amountOf(money: Money | null): { amount: number | null; currency: string | null } {
  return { amount: money && Number(money.amount), currency: money?.currency ?? null };
}
