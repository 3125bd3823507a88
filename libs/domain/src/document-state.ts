import type { EventData, MediaType, RecordedEvent } from '@recoup/contracts';

type Read = EventData<'claim.document_read'>;
type Confirmed = EventData<'claim.document_confirmed'>;
type Refused = EventData<'claim.document_refused'>;

/** A document that a person gave, as its events tell it. */
export interface DocumentState {
  readonly documentId: string;
  /** `uploaded`: not looked at yet. `read`: proposed, and waiting for a person where its kind needs one. */
  readonly status: 'uploaded' | 'read' | 'confirmed' | 'refused' | 'removed';
  readonly fileId: string;
  /** Which of the tenant's keys sealed its bytes. */
  readonly generation: number;
  readonly name: string;
  readonly mediaType: MediaType;
  /** Bytes. */
  readonly size: number;
  readonly uploadedAt: string;
  /** Where in the log these bytes were given: what stands before the tenant's last erasure is unknown. */
  readonly givenAt: number;
  /** The claims that it was given for. */
  readonly claims: readonly string[];
  readonly reading: Pick<Read, 'kind' | 'pages' | 'fields' | 'found' | 'remarks'> | null;
  readonly confirmed: Pick<Confirmed, 'kind' | 'fields' | 'delivery' | 'signedBy'> | null;
  readonly refusal: Pick<Refused, 'reason' | 'message'> | null;
  /** Stream version, for the next append. */
  readonly version: number;
}

/** Folds a document's events; null for no events. `erasedUpTo`: what was said up to there was erased. */
export function documentState(
  events: Iterable<RecordedEvent>,
  erasedUpTo = 0,
): DocumentState | null {
  let state: DocumentState | null = null;
  for (const event of events) {
    if (event.position <= erasedUpTo || isSealedBefore(event, erasedUpTo)) continue;
    state = evolveDocument(state, event);
  }
  return state;
}

/** It was given while the erasure went on: the key of its bytes is destroyed, and it is as unknown as the rest. */
function isSealedBefore(event: RecordedEvent, erasedUpTo: number): boolean {
  return event.type === 'claim.document_uploaded' && event.data.generation < erasedUpTo;
}

/** One step of the fold. Events of other streams leave the state as it is. */
export function evolveDocument(
  before: DocumentState | null,
  event: RecordedEvent,
): DocumentState | null {
  if (event.type === 'claim.document_uploaded') return uploaded(before, event);
  if (!before || !('documentId' in event.data)) return before;
  const state = { ...before, version: event.streamVersion };
  switch (event.type) {
    case 'claim.document_read': {
      const { kind, pages, fields, found, remarks } = event.data;
      return { ...state, status: 'read', reading: { kind, pages, fields, found, remarks } };
    }
    case 'claim.document_confirmed': {
      const { kind, fields, delivery, signedBy } = event.data;
      return { ...state, status: 'confirmed', confirmed: { kind, fields, delivery, signedBy } };
    }
    case 'claim.document_refused': {
      const { reason, message } = event.data;
      return { ...state, status: 'refused', refusal: { reason, message } };
    }
    case 'claim.document_removed':
      return { ...state, status: 'removed', claims: [] };
    default:
      return state;
  }
}

function uploaded(
  before: DocumentState | null,
  event: RecordedEvent & { type: 'claim.document_uploaded' },
): DocumentState {
  const { documentId, fileId, generation, name, mediaType, size, forClaim } = event.data;
  const version = event.streamVersion;
  const same = before !== null && before.fileId === fileId;
  const claims = new Set(same ? before.claims : []);
  if (forClaim !== null) claims.add(forClaim);
  if (same) return { ...before, claims: [...claims], version };
  return {
    ...{ documentId, fileId, generation, name, mediaType, size, version },
    claims: [...claims],
    status: 'uploaded',
    uploadedAt: event.occurredAt,
    givenAt: event.position,
    reading: null,
    confirmed: null,
    refusal: null,
  };
}

/** What a document is taken for: a person's word goes before what was read. Null while neither is there. */
export function documentKind(state: DocumentState): Read['kind'] | null {
  return state.confirmed?.kind ?? state.reading?.kind ?? null;
}

/** The fields that count, or are proposed. Null while it has not been read. */
export function documentFields(state: DocumentState): Read['fields'] | null {
  return state.confirmed?.fields ?? state.reading?.fields ?? null;
}

/** Whether it is in use: neither removed nor refused. */
export function documentIsKept({ status }: Pick<DocumentState, 'status'>): boolean {
  return status !== 'removed' && status !== 'refused';
}

/** Whether a document was given for a claim after a place in the log, and has been read: what a resubmission rests on. */
export function isNewEvidence(
  document: DocumentState,
  { claimId, after }: { readonly claimId: string; readonly after: number },
): boolean {
  const { claims, reading, givenAt } = document;
  return (
    documentIsKept(document) && claims.includes(claimId) && reading !== null && givenAt > after
  );
}
