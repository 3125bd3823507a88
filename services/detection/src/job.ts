import type { EventData } from '@recoup/contracts';
import type { SyncCoverage } from './domain/coverage.js';

/** A detection to run: everything it depends on, so that a repeat finds the same. */
export interface DetectionJob {
  readonly detectionId: string;
  readonly tenantId: string;
  readonly syncId: string | null;
  readonly trigger: EventData<'claim.detection_started'>['trigger'];
  /** The state of the facts it reads. */
  readonly factsAsOf: number;
  /** The instant by which ages and windows are judged. */
  readonly asOf: Date;
  readonly coverage: SyncCoverage;
  readonly cause: JobCause;
  /** Only losses from this day on are looked at; null or left out for all. */
  readonly since?: string | null;
}

/** Whether a detection looks at losses of a day. */
export function concerns({ since }: DetectionJob, lossDay: string): boolean {
  return since === null || since === undefined || lossDay >= since;
}

export interface JobCause {
  readonly eventId: string;
  /** Its place in the log: what the seller asked to be forgotten since is not looked at any more. */
  readonly position: number;
  readonly correlationId: string;
  readonly traceparent: string | null;
}

/** A job in the hands of one worker. */
export interface LeasedJob extends DetectionJob {
  /** Grows with every lease: a write with an old number is refused. */
  readonly fence: number;
  /** How often it was begun, this time included. */
  readonly attempts: number;
}
