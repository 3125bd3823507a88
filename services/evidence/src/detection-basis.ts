import { streams, type Coverage, type SyncResource } from '@recoup/contracts';
import type { EventStore } from '@recoup/event-store';
import { AppError } from '@recoup/kernel';

/** What a detection looked at. */
export interface DetectionBasis {
  /** The state of the facts: later versions were not seen. */
  readonly factsAsOf: number;
  readonly coverage: Readonly<Partial<Record<SyncResource, Coverage>>>;
}

export class UnknownDetection extends AppError {
  readonly code = 'UNKNOWN_DETECTION';
}

/** Detections whose basis is kept: the claims of one come together, and it never changes. */
const KEPT = 32;

/** Reads what a detection looked at, from its own stream and its sync's. The reader remembers the latest ones. */
export function detectionBasisReader(
  store: EventStore,
): (tenantId: string, detectionId: string) => Promise<DetectionBasis> {
  const known = new Map<string, DetectionBasis>();
  return async (tenantId, detectionId) => {
    const key = JSON.stringify([tenantId, detectionId]);
    const basis = known.get(key) ?? (await readBasis(store, tenantId, detectionId));
    known.delete(key);
    known.set(key, basis);
    for (const oldest of [...known.keys()].slice(0, -KEPT)) known.delete(oldest);
    return basis;
  };
}

async function readBasis(
  store: EventStore,
  tenantId: string,
  detectionId: string,
): Promise<DetectionBasis> {
  const events = await store.readStream(tenantId, streams.detection(detectionId));
  const started = events.find((event) => event.type === 'claim.detection_started');
  if (!started) throw new UnknownDetection(`detection ${detectionId} has no start`);
  const { factsAsOf, syncId, coverage } = started.data;
  if (coverage || syncId === null) return { factsAsOf, coverage: coverage ?? {} };
  return { factsAsOf, coverage: await coverageOf(store, tenantId, syncId) };
}

async function coverageOf(
  store: EventStore,
  tenantId: string,
  syncId: string,
): Promise<DetectionBasis['coverage']> {
  const events = await store.readStream(tenantId, streams.sync(syncId));
  return events.find((event) => event.type === 'sync.completed')?.data.coverage ?? {};
}
