import { riskKindSchema, type RiskKind } from '@recoup/contracts';
import { z } from 'zod';
import { effectiveSchema, inForce } from './effective.js';

/** From which day on, and until when, something is worth a look. Calendar days of the marketplace, counted from its first. */
const watchingSchema = effectiveSchema.extend({
  kind: riskKindSchema,
  /** Days that pass without a word before it is noted. */
  afterDays: z.int().nonnegative(),
  /** Days after which nothing can come of it any more: it is shown no longer. */
  untilDays: z.int().positive(),
});
export type WatchingPolicy = z.infer<typeof watchingSchema>;

const row = {
  effectiveFrom: '2024-10-23',
  effectiveTo: null,
  lastVerified: '2026-11-22',
  standing: 'assumed',
} as const;

/** Days that no page of Amazon gives are our own reckoning, and say so. */
export const watchingPolicies: readonly WatchingPolicy[] = z.array(watchingSchema).parse([
  {
    // On the 61st day it is a claim (fc-transfer-loss-assumed).
    ...row,
    name: 'transfer-in-transit',
    kind: 'transfer_in_transit',
    afterDays: 14,
    untilDays: 60,
    source:
      'own reckoning: most moves arrive within two weeks; 60 days of research: Seller Central help "Inventory Ledger"',
  },
  {
    ...row,
    name: 'damage-for-review',
    kind: 'damage_for_review',
    afterDays: 30,
    untilDays: 60,
    source:
      'window as fc-operations-us-2024; 30 days, as for losses that Amazon does not state as open, are our own reckoning',
  },
  {
    ...row,
    name: 'shipment-stuck',
    kind: 'shipment_stuck',
    afterDays: 30,
    untilDays: 273,
    source:
      'own reckoning: 30 days without a receipt, nine more than a shipment that is being received is given; shown for the longest published window (inbound-us)',
  },
  {
    ...row,
    name: 'received-unknown',
    kind: 'received_unknown',
    afterDays: 0,
    untilDays: 273,
    source: 'own reckoning: shown for the longest published window of shipments (inbound-us)',
  },
  {
    ...row,
    name: 'reimbursed-twice',
    kind: 'reimbursed_twice',
    afterDays: 0,
    untilDays: 365,
    source:
      'Amazon may reverse what it paid (G200213130); no page says for how long: a year is our own reckoning',
  },
  {
    ...row,
    name: 'fee-sign',
    kind: 'fee_sign',
    afterDays: 0,
    untilDays: 90,
    source: 'own reckoning: as fee claims, 90 days from the charge (GL7U4JFSDXUTQAJ)',
  },
  {
    ...row,
    name: 'identity-conflict',
    kind: 'identity_conflict',
    afterDays: 0,
    untilDays: 120,
    source: 'own reckoning: the longest published window of returns (G9N934L7Y4SFWPJ4)',
  },
]);

/** The rule for what began on a day; null where none was in force. */
export function watchingFor(kind: RiskKind, day: string): WatchingPolicy | null {
  return inForce(
    watchingPolicies.filter((policy) => policy.kind === kind),
    day,
  );
}
