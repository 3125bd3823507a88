import type { ClaimSubtype } from '@recoup/contracts';

/** Documents that an answer to a case rests on. The extracts are made from stored facts. */
export type DocumentType =
  'ledger_extract' | 'reimbursement_absence_extract' | 'disposition_pair' | 'supplier_invoice';

export interface RequiredDocument {
  readonly type: DocumentType;
  /** `value_unknown`: needed only to say what a unit is worth, never to show that it was lost. */
  readonly when: 'always' | 'value_unknown';
  readonly why: string;
  readonly source: string;
}

const ledgerExtract: RequiredDocument = {
  type: 'ledger_extract',
  when: 'always',
  why: 'Shows the loss and the units that Amazon has not reconciled',
  source:
    'Seller Central, Inventory Ledger help: "Unreconciled quantity" of Damaged and Misplaced adjustments',
};

const absenceExtract: RequiredDocument = {
  type: 'reimbursement_absence_extract',
  when: 'always',
  why: 'Shows that these units have not been paid for',
  source: 'Seller Central, FBA lost and damaged inventory reimbursement policy (G200213130)',
};

/** Amazon values a unit lost before it was sold at its sourcing cost, and takes the seller's word by an invoice. */
const supplierInvoice: RequiredDocument = {
  type: 'supplier_invoice',
  when: 'value_unknown',
  why: 'Shows what a unit cost',
  source: 'Amazon announcement of the manufacturing-cost valuation in force since 2025-03-31',
};

const dispositionPair: RequiredDocument = {
  type: 'disposition_pair',
  when: 'always',
  why: 'Shows that the damaged units went into stock damaged at the warehouse',
  source: 'Seller Central, Inventory Ledger help: reason E is always followed by P',
};

/** What each kind of claim needs. */
export const requiredDocuments: Readonly<Record<ClaimSubtype, readonly RequiredDocument[]>> = {
  lost_warehouse: [ledgerExtract, absenceExtract, supplierInvoice],
  damaged_warehouse: [ledgerExtract, dispositionPair, absenceExtract, supplierInvoice],
};
