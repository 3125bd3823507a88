import { streams } from '@recoup/contracts';
import type { EventStore } from '@recoup/event-store';
import type { OwnCalibration } from './domain/score/model.js';

/**
 * What a seller's own outcomes move of its scores by this version of the model: what was said of it last. Null where nothing
 * was, or it was taken back (slope 1, shift 0): another version starts from nothing.
 */
export async function readOwnCalibration(
  store: EventStore,
  tenantId: string,
  modelVersion: string,
): Promise<OwnCalibration | null> {
  const events = await store.readStream(tenantId, streams.model('claims'));
  const last = events
    .filter((event) => event.type === 'claim.model_calibrated')
    .findLast(({ data }) => data.modelVersion === modelVersion);
  if (!last) return null;
  const { slope, shift } = last.data;
  return slope === 1 && shift === 0 ? null : { slope, shift };
}
