import type { ClaimSubtype, DocumentCheck } from '@recoup/contracts';
import type { ClaimFile, GivenEvidence } from './claim-file.js';
import { deliveryProof, deliveryScan } from './given-delivery.js';
import { inboundInvoice, supplierInvoice } from './given-invoice.js';
import { photos } from './given-photos.js';
import { requiredDocuments, type DocumentType } from './required-documents.js';
import type { GivenVerdict } from './given-verdict.js';

/** Documents that only a person can give. */
export type GivenType = Extract<
  DocumentType,
  | 'inbound_invoice'
  | 'supplier_invoice'
  | 'proof_of_delivery'
  | 'delivery_scan'
  | 'photos'
  | 'dimension_photos'
>;

type Given = (file: ClaimFile, given: GivenEvidence) => GivenVerdict;

const rules: Readonly<Record<GivenType, Given>> = {
  inbound_invoice: inboundInvoice,
  supplier_invoice: supplierInvoice,
  proof_of_delivery: deliveryProof,
  delivery_scan: deliveryScan,
  photos: photos('No photo of the unit has been given'),
  dimension_photos: photos('No photo with a ruler and a scale has been given'),
};

const NOTHING: GivenEvidence = { documents: [], shipped: [], partnered: false };

/**
 * Whether what the seller gave shows what a claim needs of this type, and why not: Missing when there is nothing to judge,
 * Rejected when what there is does not do. The one question that the validator asks about documents of people.
 */
export function givenDocument(
  type: GivenType,
  file: ClaimFile,
): Pick<DocumentCheck, 'status' | 'reasons' | 'given'> {
  const { status, reasons, given } = rules[type](file, file.given ?? NOTHING);
  return { status, reasons: [...reasons], ...(given.length > 0 && { given: [...given] }) };
}

/** Whether a document of a person can show anything of such a claim. */
export function restsOnDocuments(subtype: ClaimSubtype): boolean {
  return requiredDocuments[subtype].some(({ type }) => type in rules);
}
