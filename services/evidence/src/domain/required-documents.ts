import type { ClaimSubtype } from '@recoup/contracts';

/** Documents that an answer to a case rests on. The extracts are made from stored facts. */
export type DocumentType =
  | 'ledger_extract'
  | 'reimbursement_absence_extract'
  | 'disposition_pair'
  | 'facts_extract'
  | 'supplier_invoice'
  | 'inbound_invoice'
  | 'proof_of_delivery'
  | 'delivery_scan'
  | 'photos'
  | 'seller_measurement'
  | 'dimension_photos';

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

const factsExtract: RequiredDocument = {
  type: 'facts_extract',
  when: 'always',
  why: "Shows the rows of Amazon's own reports that the claim rests on, and that no payment is among them",
  source: 'Seller Central, FBA inventory reimbursement policy (G200213130)',
};

/** A reseller shows that the units were bought, whoever lost them: Amazon does not take its own word for what was shipped. */
const inboundInvoice: RequiredDocument = {
  type: 'inbound_invoice',
  when: 'always',
  why: 'Shows that the units were bought before they were shipped',
  source: 'Seller Central, shipment reconciliation: proof of inventory ownership',
};

const proofOfDelivery: RequiredDocument = {
  type: 'proof_of_delivery',
  when: 'always',
  why: 'Shows that the shipment arrived, unless a partnered carrier brought it',
  source: 'Seller Central, shipment reconciliation: proof of delivery',
};

const deliveryScan: RequiredDocument = {
  type: 'delivery_scan',
  when: 'always',
  why: 'Shows that the parcel did not arrive, or what was in it',
  source: 'Seller Central, FBA removals reimbursement policy',
};

const photos: RequiredDocument = {
  type: 'photos',
  when: 'always',
  why: 'Shows the unit, its label and the parcel as they arrived',
  source: 'Seller Central, FBA customer returns reimbursement policy (G9N934L7Y4SFWPJ4)',
};

const sellerMeasurement: RequiredDocument = {
  type: 'seller_measurement',
  when: 'always',
  why: 'States what the packed unit measures and weighs',
  source: 'Seller Central, dimension and weight remeasurement (GL7U4JFSDXUTQAJ)',
};

const dimensionPhotos: RequiredDocument = {
  type: 'dimension_photos',
  when: 'always',
  why: 'Shows the packed unit with a ruler and on a scale',
  source: 'Seller Central, dimension and weight remeasurement (GL7U4JFSDXUTQAJ)',
};

const inbound = [factsExtract, inboundInvoice, proofOfDelivery];
const byFacts = [factsExtract];
const atCost = [factsExtract, supplierInvoice];

/** What each kind of claim needs. */
export const requiredDocuments: Readonly<Record<ClaimSubtype, readonly RequiredDocument[]>> = {
  lost_warehouse: [ledgerExtract, absenceExtract, supplierInvoice],
  damaged_warehouse: [ledgerExtract, dispositionPair, absenceExtract, supplierInvoice],
  inbound_shortage: inbound,
  inbound_damaged: [...inbound, photos],
  refund_not_returned: byFacts,
  replacement_not_returned: byFacts,
  return_damaged_by_amazon: byFacts,
  return_wrong_item: [factsExtract, photos],
  return_lost_in_fc: byFacts,
  refund_overcharge: byFacts,
  fulfilment_fee_overcharge: [factsExtract, sellerMeasurement, dimensionPhotos],
  storage_fee_overcharge: [factsExtract, sellerMeasurement, dimensionPhotos],
  referral_fee_error: byFacts,
  removal_lost: [factsExtract, deliveryScan, supplierInvoice],
  removal_damaged: [factsExtract, photos, supplierInvoice],
  disposed_unauthorised: atCost,
  missing_reimbursement: byFacts,
  reimbursement_undervalued: atCost,
  reimbursement_reversed: byFacts,
  inbound_defect_fee: [factsExtract, photos],
  unused_label_fee: byFacts,
  fc_transfer_loss: atCost,
  product_redefinition_loss: atCost,
  lost_outbound: byFacts,
};
