import { reservations, streams, type RecordedEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import type { Decision } from './sync-decisions.js';

/** One detection as its events tell it. */
export interface DetectionState {
  readonly detectionId: string;
  readonly status: 'requested' | 'started' | 'complete' | 'failed';
  /** The seller asked for it, and no other can be asked for until it has ended. */
  readonly reserved: boolean;
  /** Place in the log of its last event. */
  readonly position: number;
  /** Stream version, for the next append. */
  readonly version: number;
}

const STATUS = {
  'claim.detection_requested': 'requested',
  'claim.detection_started': 'started',
  'claim.detection_completed': 'complete',
  'claim.detection_failed': 'failed',
} as const;

/** A detection from the events of its stream; null when there are none. */
export function detectionState(events: readonly RecordedEvent[]): DetectionState | null {
  return events.reduce<DetectionState | null>(evolve, null);
}

function evolve(before: DetectionState | null, event: RecordedEvent): DetectionState | null {
  switch (event.type) {
    case 'claim.detection_requested':
    case 'claim.detection_started':
    case 'claim.detection_completed':
    case 'claim.detection_failed': {
      const status = STATUS[event.type];
      return {
        detectionId: event.data.detectionId,
        status,
        reserved: before?.reserved ?? status === 'requested',
        position: event.position,
        version: event.streamVersion,
      };
    }
    default:
      return before;
  }
}

export function detectionHasEnded({ status }: DetectionState): boolean {
  return status === 'complete' || status === 'failed';
}

/** The seller asks for a detection. The reservation refuses it while another one that was asked for runs. */
export function requestDetection(
  { tenantId, detectionId }: { readonly tenantId: string; readonly detectionId: string },
  cause: Cause,
): Decision {
  return {
    tenantId,
    streamId: streams.detection(detectionId),
    expected: 0,
    events: [eventOf('claim.detection_requested', { detectionId }, { cause, once: [detectionId] })],
    take: [reservations.activeDetection(tenantId)],
  };
}

/** Ends a detection that nobody works on any more, since the seller had erased what it was to look at. */
export function abandonDetection(
  tenantId: string,
  { detectionId, version }: DetectionState,
  cause: Cause,
): Decision {
  const message = 'What it was to look at was erased.';
  const data = { detectionId, syncId: null, message };
  return {
    tenantId,
    streamId: streams.detection(detectionId),
    expected: version,
    events: [eventOf('claim.detection_failed', data, { cause, once: [detectionId] })],
    release: [reservations.activeDetection(tenantId)],
  };
}
