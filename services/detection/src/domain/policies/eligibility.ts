import { claimSubtypeSchema, type ClaimSubtype } from '@recoup/contracts';
import { z } from 'zod';
import type { Network } from '@recoup/domain';
import { feePolicies } from './eligibility-fees.js';
import { effectiveSchema, inForce } from './effective.js';
import { orderPolicies } from './eligibility-orders.js';
import { paymentPolicies } from './eligibility-payments.js';
import { stockPolicies } from './eligibility-stock.js';
import { inboundEligibility } from './eligibility-inbound.js';
import { removalEligibility } from './eligibility-removals.js';

/**
 * When a loss may be claimed. Days are calendar days of the marketplace, counted from the day with which the claim begins
 * (of a row of the ledger, a refund, a charge), both ends inclusive.
 */
const eligibilitySchema = effectiveSchema.extend({
  networks: z.array(z.string()).min(1),
  subtypes: z.array(claimSubtypeSchema).min(1),
  /** Of what is of one subtype and has a window of its own, the case that the row is for; null for all others. */
  variant: z.string().nullable().default(null),
  /** First day a claim may be filed. */
  opensAfterDays: z.int().nonnegative(),
  /** Last day a claim may be filed. */
  windowDays: z.int().positive(),
  /** How long Amazon itself may still be looking, where it does not say that the units are open. */
  maturityDays: z.int().nonnegative(),
  /** The last day on which all sources call it open: after it a person files. Absent where they agree on the last day. */
  contestedAfterDays: z.int().positive().optional(),
  /** Filed by a person only, whatever the score. */
  neverAuto: z.boolean(),
});
export type EligibilityPolicy = z.infer<typeof eligibilitySchema>;
/** A row as it is written down. */
export type EligibilityRow = z.input<typeof eligibilitySchema>;

const warehouse = {
  subtypes: ['lost_warehouse', 'damaged_warehouse'],
  opensAfterDays: 0,
  windowDays: 60,
  maturityDays: 30,
  effectiveTo: null,
  lastVerified: '2026-11-21',
  standing: 'published',
  neverAuto: false,
} as const;

export const eligibilityPolicies: readonly EligibilityPolicy[] = z.array(eligibilitySchema).parse([
  {
    ...warehouse,
    name: 'fc-operations-us-2024',
    networks: ['us'],
    effectiveFrom: '2024-10-23',
    source:
      'Amazon announcement of 2024-07-24, seller forums discussion 6605eede-df8e-4498-803f-cb612d95d7ce; ecommercebytes.com/6dtn',
  },
  {
    ...warehouse,
    name: 'fc-operations-eu-2024',
    networks: ['eu', 'uk'],
    effectiveFrom: '2024-10-23',
    source: 'Amazon Europe announcement, reposted at seller-forum.com/t/7594',
  },
  {
    ...warehouse,
    name: 'fc-operations-ae-2024',
    networks: ['ae'],
    effectiveFrom: '2024-09-05',
    source: 'sellercentral.ae, updated claim window eligibility on FBA (96a05f4a)',
  },
  {
    ...warehouse,
    name: 'fc-operations-in',
    networks: ['in'],
    effectiveFrom: '2024-10-23',
    source: 'sellercentral.in GQQUAYV9TRHDC32U',
  },
  {
    // No page that states today's Canadian window could be read. The shortest window published anywhere is taken: too
    // short a window may miss a claim and never files one late. A person files these.
    ...warehouse,
    name: 'fc-operations-ca-assumed',
    networks: ['ca'],
    effectiveFrom: '2024-10-23',
    source: 'as fc-operations-us-2024; not confirmed for sellercentral.amazon.ca',
    standing: 'assumed',
    neverAuto: true,
  },
  ...stockPolicies,
  ...paymentPolicies,
  ...inboundEligibility,
  ...removalEligibility,
  ...feePolicies,
  ...orderPolicies,
]);

/** The policy for a loss of that day; null where no row covers it, and then nothing may be claimed. */
export function eligibilityFor(
  network: Network,
  what: ClaimSubtype | PolicyCase,
  lossDay: string,
): EligibilityPolicy | null {
  const { subtype, variant } = typeof what === 'string' ? { subtype: what, variant: null } : what;
  const rows = eligibilityPolicies.filter(
    (row) =>
      row.networks.includes(network) && row.subtypes.includes(subtype) && row.variant === variant,
  );
  return inForce(rows, lossDay);
}

/** A case of a subtype that has a window of its own. */
export interface PolicyCase {
  readonly subtype: ClaimSubtype;
  readonly variant: string | null;
}
