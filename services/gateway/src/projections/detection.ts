import type { EventData, RecordedEvent } from '@recoup/contracts';
import type { Projection } from '@recoup/projections';

type Completed = EventData<'claim.detection_completed'>;

/** What a detection found, at its end. */
export type DetectionResult = Omit<Completed, 'detectionId' | 'syncId'>;

/** A detection as the seller sees it. */
export interface DetectionRow {
  readonly detectionId: string;
  readonly status: 'in_progress' | 'complete' | 'failed';
  /** Null while it waits for its turn. */
  readonly trigger: EventData<'claim.detection_started'>['trigger'] | null;
  /** When it was asked for, or began where nobody had asked. */
  readonly begunAt: string;
  readonly endedAt: string | null;
  readonly result: DetectionResult | null;
  /** Why it failed, in words for the seller. */
  readonly message: string | null;
}

/** A detection after one more of its events. */
export function evolveDetection(
  before: DetectionRow | null,
  event: RecordedEvent,
): DetectionRow | null {
  switch (event.type) {
    case 'claim.detection_requested':
      return before ?? begun(event);
    case 'claim.detection_started':
      return { ...(before ?? begun(event)), trigger: event.data.trigger };
    case 'claim.detection_completed': {
      const { detectionId: _, syncId: __, ...result } = event.data;
      const row = before ?? begun(event);
      return { ...row, status: 'complete', endedAt: event.occurredAt, result };
    }
    case 'claim.detection_failed': {
      const { message } = event.data;
      const row = before ?? begun(event);
      return { ...row, status: 'failed', endedAt: event.occurredAt, message };
    }
    default:
      return before;
  }
}

function begun(event: RecordedEvent & { readonly data: { readonly detectionId: string } }) {
  return {
    detectionId: event.data.detectionId,
    status: 'in_progress',
    trigger: null,
    begunAt: event.occurredAt,
    endedAt: null,
    result: null,
    message: null,
  } as const;
}

/** The detections of a seller, by detection id. */
export const detectionProjection: Projection<DetectionRow> = {
  name: 'detection',
  version: 1,
  keyOf: (event) =>
    event.type.startsWith('claim.detection_') && 'detectionId' in event.data
      ? event.data.detectionId
      : null,
  evolve: evolveDetection,
};
