import { isDeepStrictEqual } from 'node:util';
import type { EventData, NewEvent } from '@recoup/contracts';
import { eventOf, type Cause } from './cause.js';
import { documentIsKept, type DocumentState } from './document-state.js';
import { contradictsHeading } from './document-heading.js';
import { reject, type Rejection } from './rejection.js';

type Decision = readonly NewEvent[] | Rejection;

/** What a person gives: the bytes are stored before this is decided. */
export type GivenFile = EventData<'claim.document_uploaded'>;

/**
 * A document is given. The same bytes again change nothing, unless for another claim: then the file that is stored already
 * is that claim's too.
 */
export function uploadDocument(
  state: DocumentState | null,
  given: GivenFile,
  cause: Cause,
): readonly NewEvent[] {
  const kept = state !== null && documentIsKept(state) ? state : null;
  const { forClaim } = given;
  if (kept && (forClaim === null || kept.claims.includes(forClaim))) return [];
  const { fileId, generation, name } = kept ?? given;
  return [eventOf('claim.document_uploaded', { ...given, fileId, generation, name }, { cause })];
}

/** What was found in the bytes of `fileId`. Once: a repeat, and what comes after they were removed, changes nothing. */
export function recordReading(
  state: DocumentState | null,
  reading: Omit<EventData<'claim.document_read'>, 'documentId'>,
  cause: Cause,
): readonly NewEvent[] {
  if (!state || state.status !== 'uploaded' || state.fileId !== reading.fileId) return [];
  const { documentId } = state;
  const once = [documentId, reading.fileId];
  return [eventOf('claim.document_read', { documentId, ...reading }, { cause, once })];
}

/** The bytes of `fileId` are of no use. Once, like a reading. */
export function refuseDocument(
  state: DocumentState | null,
  refusal: Omit<EventData<'claim.document_refused'>, 'documentId'>,
  cause: Cause,
): readonly NewEvent[] {
  if (!state || state.status !== 'uploaded' || state.fileId !== refusal.fileId) return [];
  const { documentId } = state;
  const once = [documentId, refusal.fileId];
  return [eventOf('claim.document_refused', { documentId, ...refusal }, { cause, once })];
}

export type Confirmation = Omit<EventData<'claim.document_confirmed'>, 'documentId' | 'fileId'>;

/**
 * A person's word for what a document says. It cannot turn a document that calls itself something else into an invoice.
 * Saying the same again changes nothing. Rejections: `document_not_found`, `document_processing`, `document_refused`,
 * `heading_differs`.
 */
export function confirmDocument(
  state: DocumentState | null,
  given: Confirmation,
  cause: Cause,
): Decision {
  if (!state || state.status === 'removed') return unknownDocument();
  if (state.status === 'uploaded') {
    return reject('document_processing', 'The document is still being read. Try again in a moment');
  }
  if (state.refusal) return reject('document_refused', state.refusal.message);
  const contradiction = contradictsHeading(state, given.kind);
  if (contradiction !== null) return reject('heading_differs', contradiction);
  const { documentId, fileId, confirmed } = state;
  if (confirmed && isDeepStrictEqual(confirmed, ordered(given))) return [];
  return [
    eventOf('claim.document_confirmed', { documentId, fileId, ...ordered(given) }, { cause }),
  ];
}

/**
 * The seller takes a document back; its bytes are forgotten. Not while a claim that was filed rests on it: what Amazon was
 * shown must remain. Rejections: `document_not_found`, `document_in_use`.
 */
export function removeDocument(
  state: DocumentState | null,
  { inUseBy }: { readonly inUseBy: readonly string[] },
  cause: Cause,
): Decision {
  if (!state || state.status === 'removed') return unknownDocument();
  if (inUseBy.length > 0) {
    return reject('document_in_use', 'A claim that was filed rests on this document');
  }
  const { documentId, fileId } = state;
  return [
    eventOf(
      'claim.document_removed',
      { documentId, fileId },
      { cause, once: [documentId, fileId] },
    ),
  ];
}

/** Without what else the caller's object holds, so that the same word is known again. */
function ordered({ kind, fields, delivery, signedBy }: Confirmation): Confirmation {
  return { kind, fields, delivery, signedBy };
}

function unknownDocument(): Rejection {
  return reject('document_not_found', 'There is no such document');
}
