import { streams, type NewEvent } from '@recoup/contracts';
import { documentState, type Cause, type DocumentState, type Rejection } from '@recoup/domain';
import { readErasedUpTo } from '../reads/erased-up-to.js';
import type { CommandContext } from './context.js';
import { decideOn } from './decide-on.js';

export interface DocumentCommand {
  readonly tenantId: string;
  readonly userId: string;
  readonly documentId: string;
}

/** Decides over a document, as `decideOn` does; null when nothing stands of it. A refusal is passed on. */
export function decideOnDocument(
  context: CommandContext,
  { tenantId, userId, documentId }: DocumentCommand,
  decide: (state: DocumentState | null, cause: Cause) => readonly NewEvent[] | Rejection,
): Promise<DocumentState | null | Rejection> {
  const stream = { tenantId, userId, streamId: streams.document(documentId) };
  return decideOn<DocumentState | null>(context, stream, {
    know: async (recorded) =>
      documentState(recorded, await readErasedUpTo(context.store, tenantId)),
    decide,
  });
}
