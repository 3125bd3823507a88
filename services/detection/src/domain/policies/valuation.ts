import { moneySchema } from '@recoup/contracts';
import { z } from 'zod';
import { effectiveSchema, inForce } from './effective.js';

/** What Amazon pays for a unit that it lost or damaged before any customer ordered it. */
const valuationSchema = effectiveSchema.extend({
  /** What a per-unit payment of this time stands for. */
  basis: z.enum(['estimated_proceeds', 'sourcing_cost']),
  /** Most that is paid for one unit, by currency; a currency without a published cap has none here. */
  caps: z.array(moneySchema),
});
export type ValuationPolicy = z.infer<typeof valuationSchema>;

export const valuationPolicies: readonly ValuationPolicy[] = z.array(valuationSchema).parse([
  {
    name: 'pre-order-estimated-proceeds',
    effectiveFrom: '2015-01-01',
    effectiveTo: '2025-03-30',
    basis: 'estimated_proceeds',
    caps: [{ amount: '5000.00', currency: 'USD' }],
    source: 'FBA lost and damaged inventory reimbursement policy before 2025-03-31 (G200213130)',
    lastVerified: '2026-11-21',
    standing: 'published',
  },
  {
    name: 'pre-order-sourcing-cost',
    effectiveFrom: '2025-03-31',
    effectiveTo: null,
    basis: 'sourcing_cost',
    caps: [{ amount: '5000.00', currency: 'USD' }],
    source:
      'Amazon announcement of the manufacturing-cost valuation, moved to 2025-03-31 (carbon6.io, moizit); cap: refunzo',
    lastVerified: '2026-11-21',
    standing: 'published',
  },
]);

/** The valuation rule for a loss or a payment of that day. */
export function valuationFor(day: string): ValuationPolicy | null {
  return inForce(valuationPolicies, day);
}
