import { streams } from '@recoup/contracts';
import { erasedUpTo } from '@recoup/domain';
import { AppError } from '@recoup/kernel';
import type { DetectionDeps } from './detection-stream.js';
import type { DetectionJob } from './job.js';

/** The seller has had erased what this detection was to look at: it must write nothing more. */
export class SellerErased extends AppError {
  readonly code = 'SELLER_ERASED';
}

/**
 * Place in the log of the seller's last wish to be forgotten before this detection was asked for; 0 for none. Read from
 * the log at every batch, since this service may hear of a wish later than it writes. Throws SellerErased when the wish
 * came after the detection.
 */
export async function readErasedUpTo(
  { store }: Pick<DetectionDeps, 'store'>,
  { tenantId, detectionId, cause }: DetectionJob,
): Promise<number> {
  const erased = erasedUpTo(await store.readStream(tenantId, streams.connection(tenantId)));
  if (erased > cause.position) throw new SellerErased(`${detectionId} has nothing left to look at`);
  return erased;
}
