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
import type { DueWork } from './adapters/due-work.js';
import { lookIntoFile, type LookDeps } from './look-into-file.js';
import { workOnDue, type WorkDeps, type WorkPlan } from './work-on-due.js';

export interface ReadDueDeps extends LookDeps, WorkDeps {
  readonly store: EventStore;
}

const READING: WorkPlan = {
  kind: 'reading',
  together: 1,
  // Longer than a scan and a reading take together at most.
  longestSeconds: 90,
  longestDelayMs: 60_000,
};

/** Looks into the document that has waited longest; answers whether there was one. What it finds, its file has once. */
export function readDue(deps: ReadDueDeps): Promise<boolean> {
  return workOnDue(deps, READING, async (due, cause) => {
    await readOne(deps, due, cause);
    return 'done';
  });
}

async function readOne(deps: ReadDueDeps, due: DueWork, cause: Cause): Promise<void> {
  const { tenantId, id: documentId } = due;
  const streamId = streams.document(documentId);
  const state = await currentDocument(deps.store, due);
  if (!state || state.status !== 'uploaded') return;
  const { fileId } = state;
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
  { tenantId, id: documentId }: DueWork,
): Promise<DocumentState | null> {
  const [events, connection] = await Promise.all([
    store.readStream(tenantId, streams.document(documentId)),
    store.readStream(tenantId, streams.connection(tenantId)),
  ]);
  return documentState(events, erasedUpTo(connection));
}
