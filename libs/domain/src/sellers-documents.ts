/** What only a seller can show, by what it is to be asked for with; the cost of a unit is asked for as a number. */
export const documentsOfSellers = {
  inbound_invoice:
    "your supplier's invoice for these units, from before they were shipped (no pro-forma invoice, order confirmation or delivery note)",
  proof_of_delivery:
    "the carrier's proof of delivery (a delivered scan of the parcel, or the bill of lading with the stamp of the carrier and of Amazon)",
  delivery_scan: "the carrier's tracking page of the parcel, from which its delivery can be seen",
  photos: 'photos of the unit, of its label and of the parcel as they arrived',
  dimension_photos: 'photos of the packed unit with a ruler along each side and on a scale',
} as const;

export type SellersDocument = keyof typeof documentsOfSellers;

/** Whether a document is one of those files. */
export function isSellersDocument(type: string): type is SellersDocument {
  return type in documentsOfSellers;
}

/** Whether a file can show it: those that are asked for, and the invoice that says what a unit cost. */
export function isShownByFile(type: string): boolean {
  return isSellersDocument(type) || type === 'supplier_invoice';
}

/** Whether a document is the seller's to give or to tell; every other one is made from Amazon's own reports. */
export function isSellersToGive(type: string): boolean {
  return isShownByFile(type) || type === 'seller_measurement';
}
