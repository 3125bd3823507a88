import { streams, type EventData, type NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { derivedId, type Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import type { KnownClaims } from './adapters/known-claims.js';
import type { FactsQuery } from './adapters/products.js';
import type { Detector } from './domain/detector.js';
import type { OrderFacts, ProductFacts } from './domain/facts.js';
import type { Costs } from './domain/value/costs.js';
import type { DetectionJob } from './job.js';

/** What a detection works with. */
export interface DetectionDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Service['log'];
  readonly detectors: readonly Detector[];
  readonly knownClaims: KnownClaims;
  readonly products: (query: FactsQuery) => AsyncIterable<ProductFacts>;
  readonly orders: (query: FactsQuery) => AsyncIterable<OrderFacts>;
  /** What the seller said that its products cost. */
  readonly costs: (tenantId: string) => Promise<Costs>;
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
  const { detectionId, syncId, trigger, factsAsOf, tenantId } = job;
  const cause = { ...causeOf(deps, job), causationId: job.cause.eventId };
  const data = { detectionId, syncId, trigger, factsAsOf };
  const begun = await append(deps, job, [
    eventOf('claim.detection_started', data, { cause, once: [detectionId] }),
  ]);
  if (!begun) return 'ended';
  const events = await deps.store.readStream(tenantId, streams.detection(detectionId));
  return events.some(isEnd) ? 'ended' : 'begun';
}

/** Says what the detection found. Counts of the first worker to end it stand. */
export async function completeDetection(
  deps: DetectionDeps,
  job: DetectionJob,
  result: Omit<EventData<'claim.detection_completed'>, 'detectionId' | 'syncId'>,
): Promise<void> {
  const { detectionId, syncId } = job;
  const meta = { cause: causeOf(deps, job), once: [detectionId] };
  const data = { detectionId, syncId, ...result };
  await append(deps, job, [eventOf('claim.detection_completed', data, meta)]);
}

/** Says that it will not end, in words for the seller. */
export async function failDetection(deps: DetectionDeps, job: DetectionJob): Promise<void> {
  const { detectionId, syncId } = job;
  const meta = { cause: causeOf(deps, job), once: [detectionId] };
  if ((await beginDetection(deps, job)) === 'ended') return;
  const data = { detectionId, syncId, message: FAILED };
  await append(deps, job, [eventOf('claim.detection_failed', data, meta)]);
}

/** Start is version 1 and the end version 2: there is one of each, whoever comes first. Answers whether it stands. */
async function append(
  deps: DetectionDeps,
  job: DetectionJob,
  events: readonly NewEvent[],
): Promise<boolean> {
  const outcome = await deps.store.append({
    tenantId: job.tenantId,
    streamId: streams.detection(job.detectionId),
    expected: events.some(isEnd) ? 1 : 'absent',
    events,
  });
  return outcome.ok;
}

function isEnd({ type }: { readonly type: string }): boolean {
  return type === 'claim.detection_completed' || type === 'claim.detection_failed';
}
