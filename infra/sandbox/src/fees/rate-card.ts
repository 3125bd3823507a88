/**
 * The fees of the simulated Amazon, as data. This card is the simulation's own: it has the shape of Amazon's published
 * ones (tiers, bands, a yearly change in the middle of January, a peak season, storage by volume and season), and its
 * amounts are of their order, but no amount in it is Amazon's. Cents of the marketplace's currency throughout.
 */
export interface SizeTier {
  readonly name: string;
  /** Most that a unit of the tier may measure, in hundredths of an inch and of a pound; null has no limit. */
  readonly limit: {
    readonly longest: number;
    readonly median: number;
    readonly shortest: number;
    readonly weight: number;
  } | null;
  readonly oversize: boolean;
  /** The fee up to the first band, then so much more for each further band that is begun. */
  readonly baseCents: number;
  readonly band: number;
  readonly bandCents: number;
  /** Added to every unit shipped in the peak season. */
  readonly peakCents: number;
}

/** From the smallest: a unit belongs to the first that it fits into. */
export const SIZE_TIERS: readonly SizeTier[] = [
  {
    name: 'Small standard-size',
    limit: { longest: 1_500, median: 1_200, shortest: 75, weight: 100 },
    oversize: false,
    baseCents: 306,
    band: 25,
    bandCents: 9,
    peakCents: 19,
  },
  {
    name: 'Large standard-size',
    limit: { longest: 1_800, median: 1_400, shortest: 800, weight: 2_000 },
    oversize: false,
    baseCents: 368,
    band: 25,
    bandCents: 11,
    peakCents: 34,
  },
  {
    name: 'Large bulky',
    limit: { longest: 5_900, median: 3_300, shortest: 3_300, weight: 5_000 },
    oversize: true,
    baseCents: 961,
    band: 100,
    bandCents: 46,
    peakCents: 97,
  },
  {
    name: 'Extra-large',
    limit: null,
    oversize: true,
    baseCents: 2_633,
    band: 100,
    bandCents: 46,
    peakCents: 261,
  },
];

/** Fulfilment fees of a year against the card's first, in thousandths; in force from a day on. */
export const FULFILMENT_LEVELS: readonly { readonly from: string; readonly perMille: number }[] = [
  { from: '2000-01-01', perMille: 1_000 },
  { from: '2025-01-15', perMille: 1_018 },
  { from: '2026-01-15', perMille: 1_039 },
  { from: '2027-01-15', perMille: 1_061 },
  { from: '2028-01-15', perMille: 1_084 },
];

/** Fees of a country against those of the United States, in thousandths. */
export const COUNTRY_LEVELS: Readonly<Record<string, number>> = { US: 1_000, CA: 1_090 };

/** Both days included, `MM-DD`; it goes over the end of the year. */
export const PEAK_SEASON = { from: '10-15', to: '01-14' } as const;

/** Cents for a cubic foot and month. */
export const STORAGE_RATES = {
  standard: { offPeak: 78, peak: 240 },
  oversize: { offPeak: 56, peak: 140 },
  /** Months of the year (1 to 12) in which storage is dear. */
  peakMonths: [10, 11, 12],
} as const;

/** Cents for a cubic foot of stock that has lain so many days or more; the oldest first. */
export const AGED_RATES: readonly {
  readonly tier: string;
  readonly days: number;
  readonly cents: number;
}[] = [
  { tier: '271-365 days', days: 271, cents: 410 },
  { tier: '181-270 days', days: 181, cents: 150 },
];

/** Thousandths of the price by product group. */
export const REFERRAL_RATES: Readonly<Record<string, number>> = {
  Kitchen: 150,
  Home: 150,
  Sports: 150,
  'Pet Products': 150,
  Luggage: 150,
  'Tools & Lighting': 120,
};

/** Least referral fee of an item. */
export const LEAST_REFERRAL_CENTS = 30;
