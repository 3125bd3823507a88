/** Reference ids and payment ids of one world: numbered in the order of planting, so never the same twice. */
export interface Serials {
  reference(): string;
  shipment(): string;
  reimbursement(): string;
  removal(): string;
}

export function serials(): Serials {
  const counts = { reference: 0, shipment: 0, reimbursement: 0, removal: 0 };
  return {
    reference: () => `${20_103_430_000_000 + (counts.reference += 1)}`,
    shipment: () => `FBA15${(counts.shipment += 1).toString(36).toUpperCase().padStart(7, '0')}`,
    reimbursement: () => `${9_402_000_000 + (counts.reimbursement += 1)}`,
    removal: () => `RMV${(counts.removal += 1).toString(36).toUpperCase().padStart(7, '0')}`,
  };
}
