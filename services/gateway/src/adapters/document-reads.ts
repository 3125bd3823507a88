import type { Pool } from 'pg';
import type { DocumentRow } from '../projections/document.js';

/** A document that a search found, with its sealed text where it has one. */
export interface FoundDocument {
  readonly doc: DocumentRow;
  readonly sealed: Buffer | null;
  /** 0–1. */
  readonly rank: number;
}

/** What sellers gave, for requests. */
export interface DocumentReads {
  /** Newest first. */
  documents(
    tenantId: string,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<DocumentRow[]>;
  /** Documents in which every word occurs, or one that begins so; the best first. */
  findDocuments(
    tenantId: string,
    words: readonly string[],
    limit: number,
  ): Promise<FoundDocument[]>;
  /** The documents that were given for any of these claims, in any order. */
  documentsOfClaims(tenantId: string, claimIds: readonly string[]): Promise<DocumentRow[]>;
  /** Claims that a document was given for, or that rest on it. */
  claimsRestingOn(
    tenantId: string,
    document: { readonly documentId: string; readonly claims: readonly string[] },
  ): Promise<string[]>;
}

export function openDocumentReads(pool: Pool): DocumentReads {
  return {
    async documents(tenantId, { limit, offset }) {
      const { rows } = await pool.query<{ doc: DocumentRow }>({
        name: 'read-documents',
        text: 'select doc from read.documents($1, $2, $3)',
        values: [tenantId, limit, offset],
      });
      return rows.map(({ doc }) => doc);
    },
    async documentsOfClaims(tenantId, claimIds) {
      const { rows } = await pool.query<{ doc: DocumentRow }>({
        name: 'read-documents-of-claims',
        text: 'select doc from read.documents_of_claims($1, $2)',
        values: [tenantId, claimIds],
      });
      return rows.map(({ doc }) => doc);
    },
    async findDocuments(tenantId, words, limit) {
      if (words.length === 0) return [];
      // Words are letters and digits: none of them is read as an operator.
      const query = words.map((word) => `'${word}':*`).join(' & ');
      const { rows } = await pool.query<FoundDocument>({
        name: 'read-document-search',
        text: 'select doc, sealed, rank from read.document_search($1, $2, $3)',
        values: [tenantId, query, limit],
      });
      return rows;
    },
    async claimsRestingOn(tenantId, { documentId, claims }) {
      const { rows } = await pool.query<{ claim_id: string }>({
        name: 'read-claims-resting-on',
        text: 'select claim_id from read.claims_resting_on($1, $2, $3)',
        values: [tenantId, documentId, claims],
      });
      return rows.map((row) => row.claim_id);
    },
  };
}
