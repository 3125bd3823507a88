import type { RecordedEvent } from '@recoup/contracts';
import { documentFields, evolveDocument, type DocumentState } from '@recoup/domain';
import type { Projection } from '@recoup/projections';

/** A document as lists show it, with the words of its name and fields to search by. */
export interface DocumentRow extends DocumentState {
  readonly words: string;
}

/** The documents of a seller, by document id; one that was removed is gone. */
export const documentProjection: Projection<DocumentRow> = {
  name: 'document',
  version: 1,
  keyOf: (event) => ('documentId' in event.data ? event.data.documentId : null),
  evolve(before: DocumentRow | null, event: RecordedEvent) {
    const document = evolveDocument(before, event);
    if (!document || document.status === 'removed') return null;
    return { ...document, words: wordsOf(document) };
  },
};

function wordsOf(document: DocumentState): string {
  const fields = documentFields(document);
  const lines = fields?.lines ?? [];
  const said = [
    document.name,
    fields?.number,
    fields?.supplier?.name,
    fields?.buyer?.name,
    ...lines.flatMap(({ sku, fnsku, asin, description }) => [sku, fnsku, asin, description]),
  ];
  return searchWords(said.filter((text) => text != null).join(' ')).join(' ');
}

/**
 * The words of a text as searching takes them: letters and digits. The database would take a file's name for an address, and
 * an article's number for several things.
 */
export function searchWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
