/** When fees that Amazon charged too high may be claimed: counted from the day of the charge. */
const fees = {
  opensAfterDays: 0,
  windowDays: 90,
  maturityDays: 0,
  // The pages name no first day; none of the charges that a first sync reads is older.
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'published',
  neverAuto: false,
} as const;

const FULFILMENT = 'sellercentral.amazon.com GL7U4JFSDXUTQAJ (weight and dimensions, 90 days)';
const REFERRAL = 'sellercentral.amazon.com RRJCFXD6474GRLY (referral fees, 90 days)';

export const feePolicies = [
  {
    ...fees,
    name: 'fulfilment-fee-90',
    networks: ['us', 'eu', 'uk'],
    subtypes: ['fulfilment_fee_overcharge'],
    source: FULFILMENT,
  },
  {
    ...fees,
    name: 'referral-fee-90',
    networks: ['us', 'eu', 'uk'],
    subtypes: ['referral_fee_error'],
    source: REFERRAL,
  },
  {
    // No page that could be read says it for Canada, and none says it for storage. A person files these.
    ...fees,
    name: 'fulfilment-fee-ca-assumed',
    networks: ['ca'],
    subtypes: ['fulfilment_fee_overcharge'],
    source: `as in the United States: ${FULFILMENT}`,
    standing: 'assumed',
    neverAuto: true,
  },
  {
    ...fees,
    name: 'referral-fee-ca-assumed',
    networks: ['ca'],
    subtypes: ['referral_fee_error'],
    source: `as in the United States: ${REFERRAL}`,
    standing: 'assumed',
    neverAuto: true,
  },
  {
    ...fees,
    name: 'storage-fee-assumed',
    networks: ['us', 'ca', 'eu', 'uk'],
    subtypes: ['storage_fee_overcharge'],
    source: `as for other fees of measured size: ${FULFILMENT}`,
    standing: 'assumed',
    neverAuto: true,
  },
];
