const inbound = {
  opensAfterDays: 0,
  // A shipment that is still being received is claimed when nothing more came for three weeks, and Amazon's word that it
  // has closed one needs no waiting.
  maturityDays: 22,
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'published',
} as const;

/**
 * Days count from the first receipt of the shipment, which is days after the delivery that Amazon counts from; the last
 * days of a window are therefore the least sure. Months are counted as the shortest that they can be.
 */
const windows = [
  {
    ...inbound,
    name: 'inbound-us',
    networks: ['us'],
    windowDays: 273,
    contestedAfterDays: 60,
    source:
      'nine months after delivery, unchanged by the announcement of 2024 (regainables.com and sellers’ guides); contested: pages of 2026 say 60 to 90 days (refunzo.com)',
  },
  {
    ...inbound,
    name: 'inbound-eu',
    networks: ['eu', 'uk'],
    windowDays: 181,
    contestedAfterDays: 60,
    source:
      'six months after delivery, copy of 2023 of the FBA inventory reimbursement policy; contested as inbound-us',
  },
  {
    ...inbound,
    name: 'inbound-ae-2024',
    networks: ['ae'],
    opensAfterDays: 15,
    windowDays: 60,
    effectiveFrom: '2024-09-05',
    source: 'sellercentral.ae, updated claim window eligibility on FBA (96a05f4a)',
  },
  {
    ...inbound,
    name: 'inbound-in',
    networks: ['in'],
    windowDays: 60,
    source: 'sellercentral.in GQQUAYV9TRHDC32U',
  },
  {
    // As for losses in warehouses, the shortest window published anywhere; a person files these.
    ...inbound,
    name: 'inbound-ca-assumed',
    networks: ['ca'],
    windowDays: 60,
    source: 'as inbound-in; not confirmed for sellercentral.amazon.ca',
    standing: 'assumed',
  },
] as const;

/** Charges count from the day they were posted. How long a refund may take no page says: as long as for a loss. */
const charge = {
  networks: ['us', 'ca', 'uk', 'eu', 'ae', 'in'],
  opensAfterDays: 0,
  maturityDays: 30,
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  neverAuto: true,
} as const;

/** Shipments to Amazon, and what is charged for them. */
export const inboundEligibility = [
  ...windows.map((row) => ({
    ...row,
    subtypes: ['inbound_shortage'],
    neverAuto: row.standing === 'assumed',
  })),
  // Whose carrier it was, and how it was packed, a person has to show.
  ...windows.map((row) => ({
    ...row,
    name: `${row.name}-damaged`,
    subtypes: ['inbound_damaged'],
    neverAuto: true,
  })),
  {
    ...charge,
    name: 'inbound-fees-assumed',
    subtypes: ['inbound_defect_fee'],
    windowDays: 90,
    standing: 'assumed',
    source:
      'as fee claims: 90 days from the charge (GL7U4JFSDXUTQAJ); not confirmed for inbound fees',
  },
  {
    ...charge,
    name: 'unused-labels-eu',
    networks: ['uk', 'eu'],
    subtypes: ['unused_label_fee'],
    windowDays: 273,
    standing: 'published',
    neverAuto: false,
    source: 'nine months from the creation of the shipment (L862UFSVUR6TM2P)',
  },
  {
    ...charge,
    name: 'unused-labels-assumed',
    networks: ['us', 'ca', 'ae', 'in'],
    subtypes: ['unused_label_fee'],
    windowDays: 273,
    standing: 'assumed',
    source: 'as unused-labels-eu; not confirmed elsewhere',
  },
];
