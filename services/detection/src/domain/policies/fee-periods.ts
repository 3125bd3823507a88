import { z } from 'zod';
import type { Network } from '@recoup/domain';
import { effectiveSchema, inForce } from './effective.js';

/**
 * A time in which Amazon's card of fulfilment fees stayed the same for everybody. A fee of one period says nothing about
 * another. No amount is kept here: what is right is what Amazon itself states or charges. One period too many only asks
 * for more proof; one too few would take a new card for an error.
 */
const periodSchema = effectiveSchema.extend({
  networks: z.array(z.string()).min(1),
  /** Prices, in minor units, from which on another fee applies to the same size; empty where the price does not matter. */
  priceBands: z.array(z.bigint()),
});
export type FeePeriod = z.infer<typeof periodSchema>;

const northAmerica = {
  networks: ['us', 'ca'],
  lastVerified: '2026-11-21',
  standing: 'published',
} as const;

/** Below 10 and above 50 the same unit is shipped for another fee. */
const BANDS_OF_2026 = [1_000n, 5_001n];

const PEAK_2025 =
  'Amazon holiday peak fulfillment fees, US and Canada, 2025-10-15 to 2026-01-14, by the day of shipment (supplychaindive.com/news/758169)';
const CARD_2026 =
  'Amazon 2026 US referral and FBA fee changes, 2026-01-15 (amzn1981.com, sellify.app); fees by price band';
const FUEL_2026 =
  'Amazon fuel and logistics surcharge of 3.5 % on fulfilment fees, 2026-04-17 (cratefit.com/fees)';

export const feePeriods: readonly FeePeriod[] = z.array(periodSchema).parse([
  {
    ...northAmerica,
    name: 'fulfilment-2025',
    effectiveFrom: '2025-01-15',
    effectiveTo: '2025-10-14',
    priceBands: [1_000n],
    source:
      'Amazon 2025 US FBA fees, unchanged from 2025-01-15 on (supplychaindive.com/news/758169)',
  },
  {
    ...northAmerica,
    name: 'fulfilment-peak-2025',
    effectiveFrom: '2025-10-15',
    effectiveTo: '2026-01-14',
    priceBands: [1_000n],
    source: PEAK_2025,
  },
  {
    ...northAmerica,
    name: 'fulfilment-2026',
    effectiveFrom: '2026-01-15',
    effectiveTo: '2026-04-16',
    priceBands: BANDS_OF_2026,
    source: CARD_2026,
  },
  {
    ...northAmerica,
    name: 'fulfilment-2026-fuel',
    effectiveFrom: '2026-04-17',
    effectiveTo: '2026-10-14',
    priceBands: BANDS_OF_2026,
    source: FUEL_2026,
  },
  {
    // The peak season has had these two days every year since 2022; a person has not seen the page of this year's.
    ...northAmerica,
    name: 'fulfilment-peak-2026',
    effectiveFrom: '2026-10-15',
    effectiveTo: '2027-01-14',
    priceBands: BANDS_OF_2026,
    source: `${PEAK_2025}; the same days taken for 2026`,
    standing: 'assumed',
  },
  {
    // Cards have changed on 15 January in every year but one. A boundary where nothing changes costs no claim.
    ...northAmerica,
    name: 'fulfilment-2027',
    effectiveFrom: '2027-01-15',
    effectiveTo: null,
    priceBands: BANDS_OF_2026,
    source: `${CARD_2026}; the same day taken for 2027`,
    standing: 'assumed',
  },
]);

const byNetwork = new Map<Network, readonly FeePeriod[]>();

/** The period of a day; null where no row covers it, and then nothing can be said of fees charged on it. */
export function feePeriodOf(network: Network, day: string): FeePeriod | null {
  let rows = byNetwork.get(network);
  if (!rows) {
    rows = feePeriods.filter(({ networks }) => networks.includes(network));
    byNetwork.set(network, rows);
  }
  return inForce<FeePeriod>(rows, day);
}

/** Whether two prices are in one band of a period's card: else their fees cannot be compared. */
export function samePriceBand({ priceBands }: FeePeriod, a: bigint, b: bigint): boolean {
  return priceBands.every((from) => a >= from === b >= from);
}
