import { createHash } from 'node:crypto';
import { streams } from '@recoup/contracts';
import { documentState, fromCommand, uploadDocument, type DocumentState } from '@recoup/domain';
import { derivedName, newName } from '@recoup/kernel';
import type { AcceptedType } from '@recoup/storage';
import type { DocumentFiles, FileRef } from '../document-files.js';
import { readErasedUpTo } from '../reads/erased-up-to.js';
import { MAX_TRIES, type CommandContext } from './context.js';

export interface UploadDocument {
  readonly tenantId: string;
  readonly userId: string;
  readonly file: {
    readonly name: string;
    readonly mediaType: AcceptedType;
    readonly bytes: Uint8Array;
  };
  /** The claim that it is given for; null for none. */
  readonly forClaim: string | null;
}

/**
 * Keeps a document: its bytes first, sealed, then the event that tells of them. The same bytes of the same tenant are the
 * same document. An erasure in between is seen after the append: then the file is given again, under the newer key.
 */
export async function storeDocument(
  context: CommandContext,
  files: DocumentFiles,
  { tenantId, userId, file, forClaim }: UploadDocument,
): Promise<DocumentState> {
  const { store, clock } = context;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const documentId = derivedName('document', tenantId, sha256);
  const streamId = streams.document(documentId);
  const cause = fromCommand(`user:${userId}`, clock.now());
  const { name, mediaType, bytes } = file;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const generation = await readErasedUpTo(store, tenantId);
    const recorded = await store.readStream(tenantId, streamId);
    const state = documentState(recorded, generation);
    const ref: FileRef = { tenantId, documentId, generation, fileId: newName('file') };
    const given = { documentId, fileId: ref.fileId, generation, name, mediaType, forClaim };
    const events = uploadDocument(state, { ...given, size: bytes.length, sha256 }, cause);
    if (state && events.length === 0) return state;
    const isNew = events.some(
      (event) => 'fileId' in event.data && event.data.fileId === ref.fileId,
    );
    if (isNew) await files.put(ref, bytes);
    const expected = recorded.at(-1)?.streamVersion ?? 'absent';
    const outcome = await store.append({ tenantId, streamId, expected, events });
    if (outcome.ok) {
      await context.shown(tenantId, outcome.position);
      continue; // read back: what stands then is answered, or given again after an erasure
    }
    if (isNew) await files.forget(ref);
  }
  throw new Error(`document ${documentId} could not be kept: it kept changing`);
}
