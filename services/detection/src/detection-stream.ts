import { reservations, streams, type EventData, type NewEvent } from '@recoup/contracts';
import {
  detectionHasEnded,
  detectionState,
  eventOf,
  type Cause,
  type DetectionState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { AppError, derivedId, type Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import type { DecidedClaims } from './adapters/decided-claims.js';
import type { KnownClaims } from './adapters/known-claims.js';
import type { KnownRisks } from './adapters/known-risks.js';
import type { FactsQuery } from './adapters/products.js';
import type { Context } from './domain/context.js';
import type { Detector } from './domain/detector.js';
import type { LossAssertion } from './domain/assertions.js';
import type { OrderFacts, ProductFacts } from './domain/facts.js';
import type { Costs } from './domain/value/costs.js';
import type { Watcher } from './domain/watcher.js';
import type { DetectionJob } from './job.js';

/** The stream of a detection kept moving under every attempt to append to it. */
export class DetectionContended extends AppError {
  readonly code = 'DETECTION_CONTENDED';
}

/** What a detection works with. */
export interface DetectionDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Service['log'];
  readonly detectors: readonly Detector[];
  readonly watchers: readonly Watcher[];
  readonly knownClaims: KnownClaims;
  readonly knownRisks: KnownRisks;
  readonly decidedClaims: DecidedClaims;
  readonly products: (query: FactsQuery) => AsyncIterable<ProductFacts>;
  readonly orders: (query: FactsQuery) => AsyncIterable<OrderFacts>;
  /** What the seller said that its products cost. */
  readonly costs: (tenantId: string) => Promise<Costs>;
  /** What people said of units that no report tells. */
  readonly assertions: (tenantId: string) => Promise<readonly LossAssertion[]>;
  /** Policies to judge by in place of the published ones. */
  readonly eligibility?: Context['eligibility'];
}

const ACTOR = 'service:detection';
const FAILED =
  'The claims of this sync could not be checked. What was synced is kept; the next sync checks it again.';

/** What every event of a claim says caused it: the start of the detection, whose id follows from the detection's. */
export function causeOf({ clock }: Pick<DetectionDeps, 'clock'>, job: DetectionJob): Cause {
  return {
    actor: ACTOR,
    at: clock.now(),
    correlationId: job.cause.correlationId,
    causationId: derivedId('claim.detection_started', job.detectionId),
    traceparent: job.cause.traceparent,
  };
}

/** Says that the detection has begun, and whether it has ended before: a repeat of what is done does nothing. */
export async function beginDetection(
  deps: DetectionDeps,
  job: DetectionJob,
): Promise<'begun' | 'ended'> {
  const { detectionId, syncId, trigger, factsAsOf, coverage } = job;
  const cause = { ...causeOf(deps, job), causationId: job.cause.eventId };
  const data = { detectionId, syncId, trigger, factsAsOf, coverage };
  const begun = eventOf('claim.detection_started', data, { cause, once: [detectionId] });
  const before = await append(deps, job, (state) => (isUnderway(state) ? null : begun));
  return before && detectionHasEnded(before) ? 'ended' : 'begun';
}

/** Says what the detection found. Counts of the first worker to end it stand. */
export async function completeDetection(
  deps: DetectionDeps,
  job: DetectionJob,
  result: Omit<EventData<'claim.detection_completed'>, 'detectionId' | 'syncId'>,
): Promise<void> {
  const { detectionId, syncId } = job;
  const meta = { cause: causeOf(deps, job), once: [detectionId] };
  const completed = eventOf('claim.detection_completed', { detectionId, syncId, ...result }, meta);
  await append(deps, job, (state) => (state && detectionHasEnded(state) ? null : completed));
}

/** Says that it will not end, in words for the seller. */
export async function failDetection(deps: DetectionDeps, job: DetectionJob): Promise<void> {
  const { detectionId, syncId } = job;
  const meta = { cause: causeOf(deps, job), once: [detectionId] };
  if ((await beginDetection(deps, job)) === 'ended') return;
  const failed = eventOf('claim.detection_failed', { detectionId, syncId, message: FAILED }, meta);
  await append(deps, job, (state) => (state && detectionHasEnded(state) ? null : failed));
}

function isUnderway(state: DetectionState | null): boolean {
  return state !== null && state.status !== 'requested';
}

/** How often a decision is made anew: a stream of three events at most moves no oftener. */
const ATTEMPTS = 5;

/**
 * Appends the event that is decided over the detection as it stands, and answers how it stood. What it was asked for under
 * is freed with its end. Throws DetectionContended.
 */
async function append(
  { store }: Pick<DetectionDeps, 'store'>,
  { tenantId, detectionId }: DetectionJob,
  decide: (state: DetectionState | null) => NewEvent | null,
): Promise<DetectionState | null> {
  const streamId = streams.detection(detectionId);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const state = detectionState(await store.readStream(tenantId, streamId));
    const event = decide(state);
    if (!event) return state;
    const release =
      state?.reserved && isEnd(event) ? { release: [reservations.activeDetection(tenantId)] } : {};
    const request = { tenantId, streamId, expected: state?.version ?? 0, events: [event] };
    if ((await store.append({ ...request, ...release })).ok) return state;
  }
  throw new DetectionContended(`${streamId} kept changing`);
}

function isEnd({ type }: NewEvent): boolean {
  return type === 'claim.detection_completed' || type === 'claim.detection_failed';
}
