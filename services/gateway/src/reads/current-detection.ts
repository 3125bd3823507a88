import { streams } from '@recoup/contracts';
import type { Gateway } from '../gateway.js';
import { evolveDetection, type DetectionRow } from '../projections/detection.js';
import { readErasedUpTo } from './erased-up-to.js';

/** A detection as the log has it now; null when the tenant has no such detection, or had it erased. */
export async function currentDetection(
  { streams: log }: Pick<Gateway, 'streams'>,
  tenantId: string,
  detectionId: string,
): Promise<DetectionRow | null> {
  const events = await log.readStream(tenantId, streams.detection(detectionId));
  if (events.length === 0) return null;
  const erased = await readErasedUpTo(log, tenantId);
  return events.filter(({ position }) => position > erased).reduce(evolveDetection, null);
}
