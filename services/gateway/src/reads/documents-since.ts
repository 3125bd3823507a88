import { evolveDocument, isNewEvidence, type DocumentState } from '@recoup/domain';
import type { CommandContext } from '../commands/context.js';

export interface DocumentsSince {
  readonly tenantId: string;
  readonly claimId: string;
  /** A position of the tenant's shard. */
  readonly after: number;
}

/** Events read at a time. */
const STEP = 1000;

/**
 * The documents that were given for a claim after a place in the log, read, and neither refused nor removed. It reads all
 * that the tenant's log holds from there on: made for what a seller does a few times, not for lists.
 */
export async function documentsSince(
  store: Pick<CommandContext['store'], 'readTenant'>,
  { tenantId, claimId, after }: DocumentsSince,
): Promise<readonly string[]> {
  const documents = new Map<string, DocumentState>();
  for (let from: number | undefined = after; from !== undefined;) {
    const stretch = { after: from, upTo: Number.MAX_SAFE_INTEGER, limit: STEP };
    const events = await store.readTenant(tenantId, stretch);
    for (const event of events) {
      const state = evolveDocument(documents.get(event.streamId) ?? null, event);
      if (state) documents.set(event.streamId, state);
    }
    from = events.length < STEP ? undefined : events.at(-1)?.position;
  }
  return [...documents.values()]
    .filter((document) => isNewEvidence(document, { claimId, after }))
    .map(({ documentId }) => documentId);
}
