import type { DocumentFields, DocumentKind, DocumentLine, EventData } from '@recoup/contracts';
import type { DocumentState } from '@recoup/domain';
import { claimOf, detectedData } from './detected.js';
import { lostRow } from './rows.js';
import type { ClaimFile, GivenEvidence } from '../domain/claim-file.js';
import { givenDocument, type GivenType } from '../domain/given-documents.js';

const data = detectedData({
  ledger: [lostRow({ day: '2026-09-10' })],
  change: { subtype: 'inbound_shortage' },
});
const subject = { ...data.subject, shipmentId: 'FBA1' };
const claim = claimOf({ ...data, subject });
const { claimId } = claim;

export const mugs: DocumentLine = {
  sku: 'MUG-BLUE',
  fnsku: null,
  asin: null,
  description: null,
  quantity: 100,
  unitCost: '3.40',
};

export const fields: DocumentFields = {
  number: 'R-1',
  issuedOn: '2026-08-01',
  currency: 'EUR',
  supplier: { name: 'Keramik Nord GmbH', address: 'Hamburg' },
  buyer: { name: 'Harbor Pine LLC', address: 'Seattle' },
  lines: [mugs],
};

export type Word = EventData<'claim.document_confirmed'>;

function document(change: Partial<DocumentState> = {}): DocumentState {
  return {
    documentId: 'document_1',
    status: 'confirmed',
    fileId: 'file_1',
    generation: 0,
    name: 'given.pdf',
    mediaType: 'application/pdf',
    size: 1,
    uploadedAt: '2026-09-01T00:00:00Z',
    givenAt: 1,
    claims: [claimId],
    reading: null,
    confirmed: null,
    refusal: null,
    version: 3,
    ...change,
  };
}

/** A document that a person stands for. */
export function said(
  kind: DocumentKind,
  change: Partial<Word> = {},
  id = 'document_1',
): DocumentState {
  const confirmed = { kind, fields, delivery: null, signedBy: null, ...change };
  return document({ documentId: id, confirmed });
}

export function readAs(kind: DocumentKind, change: Partial<DocumentState> = {}): DocumentState {
  const reading = { kind, pages: 1, fields, found: {}, remarks: [] };
  return document({ status: 'read', reading, ...change });
}

export function verdict(
  type: GivenType,
  documents: readonly DocumentState[],
  change: Partial<GivenEvidence> = {},
): ReturnType<typeof givenDocument> {
  const shipped = [{ shipmentId: 'FBA1', units: 100, day: '2026-08-20' }];
  const file: ClaimFile = {
    claim,
    ledger: [],
    reimbursements: [],
    records: { cited: [], ofOrder: [], ofProduct: [] },
    unstored: 0,
    gaps: [],
    coverage: { ledger: null, reimbursements: null },
    given: { documents, shipped, partnered: false, ...change },
  };
  return givenDocument(type, file);
}
