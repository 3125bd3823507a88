import { streams, type NewEvent } from '@recoup/contracts';
import {
  documentState,
  fromCommand,
  isRejection,
  type Cause,
  type DocumentState,
  type Rejection,
} from '@recoup/domain';
import { readErasedUpTo } from '../reads/erased-up-to.js';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface DocumentCommand {
  readonly tenantId: string;
  readonly userId: string;
  readonly documentId: string;
}

/**
 * Decides over a document as it stands and appends the result, again from the start when it moved in between. Waits until
 * reads show it, and answers the document as it is then; null when nothing stands of it. A refusal is passed on.
 */
export async function decideOnDocument(
  context: CommandContext,
  { tenantId, userId, documentId }: DocumentCommand,
  decide: (state: DocumentState | null, cause: Cause) => readonly NewEvent[] | Rejection,
): Promise<DocumentState | null | Rejection> {
  const { store, clock } = context;
  const streamId = streams.document(documentId);
  const cause = fromCommand(`user:${userId}`, clock.now());
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const recorded = await store.readStream(tenantId, streamId);
    const state = documentState(recorded, await readErasedUpTo(store, tenantId));
    const events = decide(state, cause);
    if (isRejection(events)) return events;
    if (events.length === 0) return state;
    const expected = recorded.at(-1)?.streamVersion ?? 'absent';
    const outcome = await store.append({ tenantId, streamId, expected, events });
    if (!outcome.ok) continue;
    await context.shown(tenantId, outcome.position);
    return documentState(await store.readStream(tenantId, streamId));
  }
  throw new Error(`document ${documentId} could not be decided on: it kept changing`);
}
