import type { EventData } from '@recoup/contracts';
import type { DocumentState } from '@recoup/domain';
import { fileKey, type FileStorage } from '@recoup/storage';
import type { Service } from '@recoup/service-kit';
import type { DocumentVault } from '@recoup/vault';
import { keepText } from './adapters/document-texts.js';
import type { DueWork } from './adapters/due-work.js';
import type { MalwareScan } from './adapters/malware-scan.js';
import { NO_FIELDS, readText } from './domain/reading/read-text.js';
import { textOf } from './domain/reading/text-line.js';
import { pdfText, UnreadablePdf } from './reading/pdf-text.js';

export interface LookDeps {
  readonly pool: Service['pool'];
  readonly files: FileStorage;
  readonly vault: DocumentVault;
  readonly scan: MalwareScan;
}

export type Seen =
  | { readonly reading: Omit<EventData<'claim.document_read'>, 'documentId' | 'fileId'> }
  | { readonly refusal: Omit<EventData<'claim.document_refused'>, 'documentId' | 'fileId'> };

/** A file that should be there and is not yet, or not any more: looked for a few times, then given up. */
const LOOKED_FOR = 8;

/** Scans a file and reads it. Throws while the storage or the scanner is away: nothing is passed on unseen. */
export async function lookIntoFile(
  { pool, files, vault, scan }: LookDeps,
  { tenantId, attempts }: DueWork,
  { documentId, fileId, generation, mediaType }: DocumentState,
): Promise<Seen> {
  const place = { tenantId, generation, documentId };
  const sealed = await files.get(fileKey({ tenantId, generation, fileId }));
  if (!sealed) {
    if (attempts < LOOKED_FOR) throw new Error('the file is not in the storage');
    return refused('not_readable', 'The file was lost on the way. Please send it again.');
  }
  const bytes = await vault.open({ ...place, part: fileId }, sealed);
  const scanned = await scan(bytes);
  if (scanned.result === 'unavailable') throw new Error(`no scan: ${scanned.reason}`);
  if (scanned.result === 'infected') {
    return refused('infected', `Malware was found in it: ${scanned.name}.`);
  }
  if (mediaType !== 'application/pdf') {
    return { reading: { kind: 'photo', pages: null, fields: NO_FIELDS, found: {}, remarks: [] } };
  }
  try {
    const { pages, lines } = await pdfText(bytes);
    const text = lines.map(textOf).join('\n');
    const sealedText = await vault.seal({ ...place, part: `${fileId}/text` }, Buffer.from(text));
    await keepText(pool, { tenantId, documentId, fileId, text, sealed: sealedText });
    return { reading: { pages, ...mutable(readText(lines)) } };
  } catch (error) {
    if (!(error instanceof UnreadablePdf)) throw error;
    return refused('not_readable', 'This PDF cannot be read. Print it to a new PDF and send that.');
  }
}

/** As the schema of the event has it. */
function mutable({ kind, fields, found, remarks }: ReturnType<typeof readText>) {
  return { kind, fields, found: { ...found }, remarks: [...remarks] };
}

function refused(reason: 'infected' | 'not_readable', message: string): Seen {
  return { refusal: { reason, message } };
}
