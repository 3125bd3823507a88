import type { EventEnvelope, RecordedEvent } from '@recoup/contracts';
import { derivedName } from '@recoup/kernel';
import type { SyncCoverage } from './domain/coverage.js';
import type { DetectionJob } from './job.js';

/** The detection that a completed sync asks for. The same sync always asks for the same detection. */
export function jobOfSync(event: EventEnvelope<'sync.completed'>): DetectionJob {
  const { syncId, factsAsOf, coverage } = event.data;
  const detectionId = derivedName('detection', syncId);
  return { ...jobOf(event), detectionId, syncId, trigger: 'sync', factsAsOf, coverage };
}

/** What the latest sync of a seller brought. */
export interface LatestFacts {
  readonly factsAsOf: number;
  readonly coverage: SyncCoverage;
}

/** Before any sync: no fact, and no source of which anything is known. */
export const NO_FACTS: LatestFacts = { factsAsOf: 0, coverage: {} };

/** The detection that the seller asks for, over what the latest sync brought. */
export function jobOfRequest(
  event: EventEnvelope<'claim.detection_requested'>,
  facts: LatestFacts,
): DetectionJob {
  const { detectionId } = event.data;
  return { ...jobOf(event), ...facts, detectionId, syncId: null, trigger: 'manual' };
}

/** The detection that follows from what the seller said: the same word always asks for the same one. */
export function jobOfWord(event: RecordedEvent, facts: LatestFacts): DetectionJob {
  const detectionId = derivedName('detection', event.id);
  return { ...jobOf(event), ...facts, detectionId, syncId: null, trigger: 'manual' };
}

function jobOf(event: RecordedEvent): Pick<DetectionJob, 'tenantId' | 'asOf' | 'cause'> {
  const { tenantId, occurredAt, id, position, correlationId, traceparent } = event;
  const cause = { eventId: id, position, correlationId, traceparent };
  return { tenantId, asOf: new Date(occurredAt), cause };
}
