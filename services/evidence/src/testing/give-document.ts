import { streams } from '@recoup/contracts';
import {
  documentState,
  fromCommand,
  isRejection,
  uploadDocument,
  type DocumentState,
} from '@recoup/domain';
import type { EventStore } from '@recoup/event-store';
import { newName } from '@recoup/kernel';
import type { Service } from '@recoup/service-kit';
import { fileKey, openStorage } from '@recoup/storage';
import { keyRing, openDocumentVault } from '@recoup/vault';

export interface GivesDocuments {
  readonly pool: Service['pool'];
  readonly store: EventStore;
  readonly storageUrl: string;
  readonly encryptionKey: Buffer;
}

/** What the gateway does with a PDF that a seller sends; answers the document's id. */
export async function giveDocument(
  { pool, store, storageUrl, encryptionKey }: GivesDocuments,
  tenantId: string,
  { bytes, forClaim = null }: { readonly bytes: Buffer; readonly forClaim?: string | null },
): Promise<string> {
  const files = openStorage({ STORAGE_URL: storageUrl });
  if (!files) throw new Error('a storage is set up');
  const documentId = newName('document');
  const fileId = newName('file');
  const place = { tenantId, generation: 0, documentId };
  const vault = openDocumentVault({ db: pool, keys: keyRing(encryptionKey) });
  const sealed = await vault.seal({ ...place, part: fileId }, bytes);
  await files.put(fileKey({ ...place, fileId }), sealed);
  const given = { documentId, fileId, generation: 0, name: 'invoice.pdf', forClaim };
  const file = {
    mediaType: 'application/pdf',
    size: bytes.length,
    sha256: 'a'.repeat(64),
  } as const;
  const cause = fromCommand('user:testing', new Date());
  const events = uploadDocument(null, { ...given, ...file }, cause);
  if (isRejection(events)) throw new Error('refused');
  const streamId = streams.document(documentId);
  await store.append({ tenantId, streamId, expected: 'absent', events });
  return documentId;
}

export async function documentOf(
  store: EventStore,
  tenantId: string,
  documentId: string,
): Promise<DocumentState | null> {
  return documentState(await store.readStream(tenantId, streams.document(documentId)));
}
