import { streams } from '@recoup/contracts';
import { erasedUpTo } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';

/**
 * The place in the log up to which a tenant asked to be forgotten; 0 for never. The log is never changed: without this,
 * what has left the read models would come back out of it.
 */
export async function readErasedUpTo(
  log: Pick<EventStore, 'readStream'>,
  tenantId: string,
): Promise<number> {
  return erasedUpTo(await log.readStream(tenantId, streams.connection(tenantId)));
}
