import type { RecordedEvent } from '@recoup/contracts';
import { AppError, derivedName } from '@recoup/kernel';
import type { DetectionJob } from './job.js';

/** An event that asks for no detection reached the function that makes jobs: a bug in what the service listens to. */
export class NoJobInEvent extends AppError {
  readonly code = 'NO_JOB_IN_EVENT';
}

/** The detection that a completed sync asks for. The same sync always asks for the same detection. */
export function jobOf(event: RecordedEvent): DetectionJob {
  if (event.type !== 'sync.completed') throw new NoJobInEvent(`no detection follows ${event.type}`);
  const { syncId, factsAsOf, coverage } = event.data;
  return {
    detectionId: derivedName('detection', syncId),
    tenantId: event.tenantId,
    syncId,
    trigger: 'sync',
    factsAsOf,
    asOf: new Date(event.occurredAt),
    coverage,
    cause: {
      eventId: event.id,
      position: event.position,
      correlationId: event.correlationId,
      traceparent: event.traceparent,
    },
  };
}
