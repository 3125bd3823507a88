import type { EligibilityRow } from './eligibility.js';

/**
 * Claims about what was sold. Days count from the customer's refund or replacement; of what a carrier damaged on its way
 * back from the return; of a refund that was too high from that refund.
 */
const customerReturn = {
  subtypes: [
    'refund_not_returned',
    'replacement_not_returned',
    'return_damaged_by_amazon',
    'return_lost_in_fc',
    'lost_outbound',
  ],
  opensAfterDays: 60,
  windowDays: 120,
  maturityDays: 0,
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'published',
  neverAuto: false,
} as const satisfies Partial<EligibilityRow>;

const US_SOURCE =
  'sellercentral.amazon.com G9N934L7Y4SFWPJ4: no sooner than 60 and no later than 120 days after the refund or replacement';
const EU_SOURCE = 'Amazon Europe announcement, reposted at seller-forum.com/t/7594: 45 to 105 days';

const europe = { opensAfterDays: 45, windowDays: 105, networks: ['eu', 'uk'] };
/** No report tells that the wrong thing came back: a person says so, and a person files it. */
const wrongItem = { subtypes: ['return_wrong_item' as const], neverAuto: true };
/** No page that states today's Canadian window could be read: as in the US, and a person files it. */
const canada = {
  networks: ['ca'],
  standing: 'assumed' as const,
  neverAuto: true,
  source: `as for the US (${US_SOURCE}); not confirmed for sellercentral.amazon.ca`,
};

export const orderPolicies: readonly EligibilityRow[] = [
  { ...customerReturn, name: 'customer-returns-us-2024', networks: ['us'], source: US_SOURCE },
  { ...customerReturn, ...europe, name: 'customer-returns-eu-2024', source: EU_SOURCE },
  { ...customerReturn, ...canada, name: 'customer-returns-ca-assumed' },
  {
    ...{ ...customerReturn, ...wrongItem, name: 'customer-returns-wrong-item-us-2024' },
    ...{ networks: ['us'], source: US_SOURCE },
  },
  {
    ...{ ...customerReturn, ...europe, ...wrongItem },
    ...{ name: 'customer-returns-wrong-item-eu-2024', source: EU_SOURCE },
  },
  {
    ...{ ...customerReturn, ...wrongItem, ...canada },
    name: 'customer-returns-wrong-item-ca-assumed',
  },
  {
    // Only third parties name it, and only for the US. A person files it.
    ...{ ...customerReturn, name: 'customer-returns-carrier-us', networks: ['us'] },
    subtypes: ['return_damaged_by_amazon'],
    variant: 'carrier',
    opensAfterDays: 0,
    windowDays: 45,
    standing: 'assumed',
    neverAuto: true,
    source:
      'spctek: 45 days from the return of what a carrier damaged; no page of Amazon states it',
  },
  {
    // No window is published for a refund that was too high: that of other wrong charges is taken. A person files it.
    ...customerReturn,
    name: 'refund-overcharge-assumed',
    networks: ['us', 'ca', 'eu', 'uk'],
    subtypes: ['refund_overcharge'],
    opensAfterDays: 0,
    windowDays: 90,
    standing: 'assumed',
    neverAuto: true,
    source:
      'as for referral fees charged wrongly: 90 days, sellercentral.amazon.com RRJCFXD6474GRLY',
  },
];
