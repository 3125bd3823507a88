/**
 * Claims about payments that Amazon made, or says it made. No page of Amazon's states a window for them: they have the
 * shortest that is told for any dispute about a payment, and a person files them.
 */
const payments = {
  networks: ['us', 'ca', 'uk', 'eu', 'ae', 'in'],
  windowDays: 60,
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'assumed',
  neverAuto: true,
} as const;

export const paymentPolicies = [
  {
    // 5 days until it is booked, and the 14 days of a settlement in which it may be booked late.
    ...payments,
    name: 'missing-reimbursement-assumed',
    subtypes: ['missing_reimbursement'],
    opensAfterDays: 19,
    maturityDays: 19,
    source: 'no window published; booked within 5 days and the close of a settlement of 14 days',
  },
  {
    ...payments,
    name: 'reimbursement-revaluation-assumed',
    subtypes: ['reimbursement_undervalued'],
    opensAfterDays: 0,
    maturityDays: 0,
    source:
      're-evaluation within 60 days of the payment: appealspro.ai on the sourcing cost policy',
  },
  {
    // A find that is the reason for it may be booked up to 30 days later.
    ...payments,
    name: 'reimbursement-reversed-assumed',
    subtypes: ['reimbursement_reversed'],
    opensAfterDays: 30,
    maturityDays: 30,
    source: 'no window published; as for the re-evaluation of a payment',
  },
] as const;
