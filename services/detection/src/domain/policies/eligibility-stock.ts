/**
 * Losses between Amazon's places. No page names them apart: they are losses in its operations, and have the window of those.
 * A person files them, since a slow move looks the same until its last leg is booked.
 */
const betweenPlaces = {
  networks: ['us', 'ca', 'uk', 'eu', 'ae', 'in'],
  windowDays: 60,
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'assumed',
  neverAuto: true,
} as const;

export const stockPolicies = [
  {
    // Counted from the 60th day on the road, which is the last on which Amazon still looks for the units.
    ...betweenPlaces,
    name: 'fc-transfer-loss-assumed',
    subtypes: ['fc_transfer_loss'],
    opensAfterDays: 1,
    maturityDays: 1,
    source:
      'window as fc-operations-us-2024; 60 days of research: Seller Central help "Inventory Ledger"',
  },
  {
    ...betweenPlaces,
    name: 'product-redefinition-loss-assumed',
    subtypes: ['product_redefinition_loss'],
    opensAfterDays: 0,
    maturityDays: 30,
    source:
      'window as fc-operations-us-2024; codes 3 and 4: Seller Central help "Inventory Ledger"',
  },
] as const;
