import type { NewEvent } from '@recoup/contracts';
import { streams } from '@recoup/contracts';
import {
  documentState,
  erasedUpTo,
  recordReading,
  refuseDocument,
  type Cause,
  type DocumentState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { backoffMs, messageOf, type Clock } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import {
  leaseReading,
  postponeReading,
  settleReading,
  type DueReading,
} from './adapters/due-readings.js';
import { lookIntoFile, type LookDeps } from './look-into-file.js';
import { reactionTo } from './reaction.js';

export interface ReadDueDeps extends LookDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly log: Service['log'];
}

/** Longer than a scan and a reading take together at most. */
const LEASE_SECONDS = 90;

/**
 * Looks into the file that has waited longest; answers whether there was one. Its result is in the log before its row goes,
 * under an id that follows from the file: who died in between makes the same event again, and the log knows it.
 */
export async function readDue(deps: ReadDueDeps): Promise<boolean> {
  const due = await leaseReading(deps.pool, LEASE_SECONDS);
  if (!due) return false;
  try {
    await readOne(deps, due, reactionTo(due, deps.clock));
    await settleReading(deps.pool, due.fileId);
  } catch (error) {
    deps.log.warn({ err: error, document: due.documentId }, 'document not read yet');
    const delayMs = backoffMs(due.attempts, { baseMs: 500, capMs: 60_000 });
    await postponeReading(deps.pool, due, { delayMs, error: messageOf(error) });
  }
  return true;
}

async function readOne(deps: ReadDueDeps, due: DueReading, cause: Cause): Promise<void> {
  const { tenantId, documentId, fileId } = due;
  const streamId = streams.document(documentId);
  const state = await currentDocument(deps.store, due);
  if (!state || state.status !== 'uploaded' || state.fileId !== fileId) return;
  const seen = await lookIntoFile(deps, due, state);
  const decide = (now: DocumentState | null): readonly NewEvent[] =>
    'refusal' in seen
      ? refuseDocument(now, { fileId, ...seen.refusal }, cause)
      : recordReading(now, { fileId, ...seen.reading }, cause);
  // Given for another claim, or removed, in between: decided again over what stands then.
  for (;;) {
    const now = await currentDocument(deps.store, due);
    const events = decide(now);
    if (!now || events.length === 0) return;
    const appended = await deps.store.append({ tenantId, streamId, expected: now.version, events });
    if (appended.ok) return;
  }
}

async function currentDocument(
  store: EventStore,
  { tenantId, documentId }: DueReading,
): Promise<DocumentState | null> {
  const [events, connection] = await Promise.all([
    store.readStream(tenantId, streams.document(documentId)),
    store.readStream(tenantId, streams.connection(tenantId)),
  ]);
  return documentState(events, erasedUpTo(connection));
}
