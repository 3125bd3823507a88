import { streams } from '@recoup/contracts';
import { documentState, type DocumentState } from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { readErasedUpTo } from './erased-up-to.js';

/** A document as the log has it now; null when the tenant has none of this id, or has removed it. */
export async function currentDocument(
  log: Pick<EventStore, 'readStream'>,
  tenantId: string,
  documentId: string,
): Promise<DocumentState | null> {
  const [events, erased] = await Promise.all([
    log.readStream(tenantId, streams.document(documentId)),
    readErasedUpTo(log, tenantId),
  ]);
  const state = documentState(events, erased);
  return state?.status === 'removed' ? null : state;
}
