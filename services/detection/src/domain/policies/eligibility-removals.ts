const removal = {
  opensAfterDays: 0,
  maturityDays: 0,
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'published',
} as const;

/** From the day of shipment: no sooner than, no later than. */
const lost = { ...removal, subtypes: ['removal_lost'], neverAuto: false } as const;
/** From the delivery; no report tells it, and the shipment before it is counted from. */
const damaged = { ...removal, subtypes: ['removal_damaged'], neverAuto: true } as const;
/** From the disposal. Amazon corrects its books for as long as it looks for lost units. */
const disposed = {
  ...removal,
  subtypes: ['disposed_unauthorised'],
  windowDays: 60,
  maturityDays: 30,
  neverAuto: true,
} as const;

const IN_PAGE = 'sellercentral.in GQQUAYV9TRHDC32U';
const AE_PAGE = 'sellercentral.ae, updated claim window eligibility on FBA (96a05f4a)';
const US_PAGE =
  'Amazon announcement of 2024-07-24, seller forums discussion 6605eede-df8e-4498-803f-cb612d95d7ce';
const UNCONFIRMED =
  'not confirmed for sellercentral.amazon.ca: the narrowest window that is published anywhere';

/** Removal orders, and stock that was disposed of without one. */
export const removalEligibility = [
  {
    ...lost,
    name: 'removal-lost-2024',
    networks: ['us', 'uk', 'eu'],
    opensAfterDays: 15,
    windowDays: 75,
    source: US_PAGE,
  },
  {
    ...lost,
    name: 'removal-lost-ae-2024',
    networks: ['ae'],
    opensAfterDays: 15,
    windowDays: 75,
    effectiveFrom: '2024-09-05',
    source: AE_PAGE,
  },
  { ...lost, name: 'removal-lost-in', networks: ['in'], windowDays: 30, source: IN_PAGE },
  {
    ...lost,
    name: 'removal-lost-ca-assumed',
    networks: ['ca'],
    opensAfterDays: 15,
    windowDays: 30,
    source: UNCONFIRMED,
    standing: 'assumed',
    neverAuto: true,
  },
  {
    ...damaged,
    name: 'removal-damaged-2024',
    networks: ['us', 'uk', 'eu'],
    windowDays: 60,
    source: US_PAGE,
  },
  {
    ...damaged,
    name: 'removal-damaged-ae-2024',
    networks: ['ae'],
    windowDays: 30,
    effectiveFrom: '2024-09-05',
    source: AE_PAGE,
  },
  { ...damaged, name: 'removal-damaged-in', networks: ['in'], windowDays: 7, source: IN_PAGE },
  {
    ...damaged,
    name: 'removal-damaged-ca-assumed',
    networks: ['ca'],
    windowDays: 7,
    source: UNCONFIRMED,
    standing: 'assumed',
  },
  {
    ...disposed,
    name: 'disposed-2024',
    networks: ['us', 'uk', 'eu', 'in'],
    source: `as losses in fulfilment centres: ${US_PAGE}`,
  },
  {
    ...disposed,
    name: 'disposed-ae-2024',
    networks: ['ae'],
    effectiveFrom: '2024-09-05',
    source: AE_PAGE,
  },
  {
    ...disposed,
    name: 'disposed-ca-assumed',
    networks: ['ca'],
    source: UNCONFIRMED,
    standing: 'assumed',
  },
];
