import type { EventType, RecordedEvent } from '@recoup/contracts';
import { documentIsKept, type DocumentState } from '@recoup/domain';
import { fileKey } from '@recoup/storage';
import type { Handle } from '@recoup/service-kit';
import { dropText } from './adapters/document-texts.js';
import { askDocumentedClaims } from './adapters/documented-claims.js';
import { foldDocument } from './adapters/documents.js';
import { askWork, dropWork } from './adapters/due-work.js';

/** The events of documents that give the evidence service something to do. */
export const documentTypes = [
  'claim.document_uploaded',
  'claim.document_read',
  'claim.document_confirmed',
  'claim.document_refused',
  'claim.document_removed',
] as const satisfies readonly EventType[];

/**
 * Notes what an event of a document asks for, in the transaction of the consumer's checkpoint: a new file is read, one that
 * is of use no more is forgotten, and claims that a document can show are looked at again.
 */
export const hearDocument: Handle = async (event, tx) => {
  if (!('documentId' in event.data)) return;
  const { documentId } = event.data;
  const { before, after } = await foldDocument(tx, documentId, event);
  if (event.type === 'claim.document_uploaded' && before?.fileId !== event.data.fileId) {
    await askWork(tx, { kind: 'reading', id: documentId }, event);
  }
  if (after && !documentIsKept(after)) await forgetFile(tx, event, after);
  // A file that nobody has looked into counts for nothing yet.
  if (after && after.status !== 'uploaded') await askDocumentedClaims(tx, event);
};

async function forgetFile(
  tx: Parameters<Handle>[1],
  event: RecordedEvent,
  { documentId, fileId, generation }: DocumentState,
): Promise<void> {
  await dropWork(tx, { kind: 'reading', id: documentId });
  await dropText(tx, documentId);
  const id = fileKey({ tenantId: event.tenantId, generation, fileId });
  await askWork(tx, { kind: 'forgetting', id }, event);
}
