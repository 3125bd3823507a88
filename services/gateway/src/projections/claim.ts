import type { EventData, RecordedEvent } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';
import { timelineEntry, type TimelineEntry } from './timeline.js';

/** Where a claim stands, in the order it usually goes. */
export type ClaimStage =
  | 'detected'
  | 'validated'
  | 'prompted'
  | 'in_review'
  | 'queued_for_filing'
  | 'submission_requested'
  | 'unconfirmed'
  | 'submitted'
  | 'expired'
  | 'withdrawn';

type Detected = EventData<'claim.detected'>;
type Validated = EventData<'claim.validated'>;

/** A claim as lists, figures and its page show it. */
export interface ClaimRow extends Omit<Detected, 'detectionId'> {
  readonly state: ClaimStage;
  /** When it was first seen; a claim that is seen again keeps its place in lists. */
  readonly detectedAt: string;
  readonly amazonCaseId: string | null;
  readonly evidence: Omit<Validated, 'claimId' | 'quantity'> | null;
  readonly prompt: EventData<'claim.review_prompted'>['prompt'] | null;
  readonly reviewReasons: readonly string[];
  readonly timeline: readonly TimelineEntry[];
}

type Change = Partial<ClaimRow>;

/** A claim whose way begins: nothing checked, nobody asked, nothing filed. */
const ANEW = {
  state: 'detected',
  amazonCaseId: null,
  evidence: null,
  prompt: null,
  reviewReasons: [],
} as const satisfies Change;

/** What an event changes of a claim; null for nothing. */
function changeOf(event: RecordedEvent, row: ClaimRow): Change | null {
  switch (event.type) {
    case 'claim.rescored': {
      // Within its tier a claim stays on its way.
      const way = event.data.tier === row.tier ? {} : { ...ANEW, evidence: row.evidence };
      return { ...assessmentOf(event.data), ...way };
    }
    case 'claim.quantity_changed':
      return { ...assessmentOf(event.data), ...ANEW };
    case 'claim.validated': {
      const { claimId: _, quantity: __, ...evidence } = event.data;
      return { evidence, ...(row.state === 'detected' && { state: 'validated' }) };
    }
    case 'claim.auto_submission_approved':
      return { state: 'validated', prompt: null, reviewReasons: [] };
    case 'claim.review_prompted':
      return { state: 'prompted', prompt: event.data.prompt, reviewReasons: [] };
    case 'claim.manual_review_queued':
      return { state: 'in_review', prompt: null, reviewReasons: event.data.reasons };
    case 'claim.submitted':
      return { state: 'submitted', prompt: null, amazonCaseId: event.data.amazonCaseId };
    default:
      return stageOf(event);
  }
}

function stageOf(event: RecordedEvent): Change | null {
  switch (event.type) {
    case 'claim.submission_requested':
      return { state: 'submission_requested', prompt: null };
    case 'claim.queued_for_filing':
      return { state: 'queued_for_filing', prompt: null };
    case 'claim.submission_unconfirmed':
      return { state: 'unconfirmed' };
    case 'claim.withdrawn':
      return { state: 'withdrawn', prompt: null };
    case 'claim.expired':
      return { state: 'expired', prompt: null };
    default:
      return null;
  }
}

function assessmentOf(data: EventData<'claim.rescored'>): Change {
  const { quantity, value, score, tier, allocation, sources } = data;
  return { quantity, value, score, tier, allocation, sources };
}

/** Found, or found again after it was withdrawn: its history goes on. */
function detected(
  before: ClaimRow | null,
  event: RecordedEvent & { type: 'claim.detected' },
): ClaimRow {
  const { detectionId: _, ...data } = event.data;
  const detectedAt = before?.detectedAt ?? event.occurredAt;
  return { ...data, ...ANEW, detectedAt, timeline: timelineAfter(before, event) };
}

function timelineAfter(before: ClaimRow | null, event: RecordedEvent): readonly TimelineEntry[] {
  const entry = timelineEntry(event);
  const timeline = before?.timeline ?? [];
  return entry ? [...timeline, entry] : timeline;
}

/** The claims of a seller, by claim id. */
export const claimProjection: Projection<ClaimRow> = {
  name: 'claim',
  version: 1,
  keyOf: (event) => ('claimId' in event.data ? event.data.claimId : null),
  evolve(before, event) {
    if (event.type === 'claim.detected') return detected(before, event);
    const change = before && changeOf(event, before);
    if (!before || !change) return before;
    return { ...before, ...change, timeline: timelineAfter(before, event) };
  },
};
