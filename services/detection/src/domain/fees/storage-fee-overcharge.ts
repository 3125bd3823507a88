import type { AllocationLine } from '@recoup/contracts';
import { marketplaceOfCountry, type MarketplaceRow } from '@recoup/domain';
import { addDays, fromMinor } from '@recoup/kernel';
import type { Context } from '../context.js';
import { NOTHING, together, type Detected, type ProductDetector } from '../detector.js';
import { compareText, distinct, type ProductFacts } from '../facts.js';
import { isInTime } from '../in-time.js';
import { judge } from '../judge.js';
import { storedTooDear, type StorageReckoning } from './storage-row.js';

type Row = ProductFacts['storageFees'][number];
interface DearRow extends StorageReckoning {
  readonly row: Row;
  readonly marketplace: MarketplaceRow;
}

/**
 * The day of the next month from which a month's storage is charged: between the 7th and the 15th (Seller Central, monthly
 * inventory storage fees, 200612770). The report names no day; of the possible ones the first ends the window soonest.
 */
const CHARGED_ON = '07';

/** Months of storage charged for more volume than the product has. Owned here: monthly storage, not that of aged stock. */
export const storageFeeOvercharge: ProductDetector = {
  subtype: 'storage_fee_overcharge',
  of: 'product',
  needs: ['storageFees'],
  detect: ({ facts }, context) =>
    together(
      stretchesOf(distinct(facts.storageFees).flatMap(dearRow)).map((rows) =>
        claimOf(rows, facts, context),
      ),
    ),
};

function dearRow(row: Row): DearRow[] {
  const marketplace = marketplaceOfCountry(row.data.country);
  const reckoning = storedTooDear(row.data);
  if (!marketplace || !reckoning || row.data.currency !== marketplace.currency) return [];
  return [{ row, marketplace, ...reckoning }];
}

/** One claim for each place of sale, and for months that follow each other: known by its first month. */
function stretchesOf(rows: readonly DearRow[]): readonly (readonly DearRow[])[] {
  const sorted = [...rows].sort(
    (a, b) =>
      compareText(a.marketplace.id, b.marketplace.id) ||
      compareText(a.row.data.fnsku, b.row.data.fnsku) ||
      compareText(a.row.data.month, b.row.data.month) ||
      compareText(a.row.key, b.row.key),
  );
  const stretches: DearRow[][] = [];
  for (const one of sorted) {
    const last = stretches.at(-1)?.at(-1);
    if (last && goesOn(last, one)) stretches.at(-1)?.push(one);
    else stretches.push([one]);
  }
  return stretches;
}

function goesOn(last: DearRow, { marketplace, row }: DearRow): boolean {
  const { month, fnsku } = row.data;
  if (last.marketplace !== marketplace || last.row.data.fnsku !== fnsku) return false;
  return month === last.row.data.month || month === monthAfter(last.row.data.month);
}

function monthAfter(month: string): string {
  return addDays(`${month}-01`, 31).slice(0, 7);
}

function chargedOn({ row }: DearRow): string {
  return `${monthAfter(row.data.month)}-${CHARGED_ON}`;
}

function claimOf(stretch: readonly DearRow[], facts: ProductFacts, context: Context): Detected {
  const open = stretch.filter((one) => isOpen(one, context));
  const claimed = open.length > 0 ? open : stretch.slice(-1);
  const [first] = stretch;
  const [oldest] = claimed;
  const last = claimed.at(-1);
  if (!first || !oldest || !last) return NOTHING;
  const { marketplace } = first;
  const { fnsku, asin, productName, month } = first.row.data;
  const charged = claimed.reduce((sum, one) => sum + one.charged, 0n);
  const excess = claimed.reduce((sum, one) => sum + one.charged - one.expected, 0n);
  const draft = {
    marketplace,
    anchor: [fnsku, month],
    subject: { fnsku, sku: skuOf(facts, fnsku), asin, productName },
    startDay: chargedOn(oldest),
    countsFrom: chargedOn(last),
    statedByAmazon: true,
    quantity: claimed.length,
    value: {
      basis: 'difference',
      perUnit: null,
      total: fromMinor(excess, marketplace.currency),
    },
    features: {
      stated_by_amazon: 1,
      exact_match: 1,
      repeats: Math.log2(claimed.length),
      excess_share: Math.min(1, Number((excess * 1_000n) / charged) / 1_000),
    },
    allocation: claimed.flatMap(linesOf),
    sources: claimed.map(({ row }) => ({ kind: 'storageFee', key: row.key })),
  } as const;
  return judge(draft, storageFeeOvercharge, context);
}

function isOpen(one: DearRow, context: Context): boolean {
  const what = storageFeeOvercharge.subtype;
  return isInTime({ marketplace: one.marketplace, what, day: chargedOn(one) }, context);
}

/** The storage report names no SKU. */
function skuOf({ feePreviews, ledger }: ProductFacts, fnsku: string): string {
  const named = [...feePreviews, ...ledger].find(({ data }) => data.fnsku === fnsku);
  return named?.data.sku ?? '';
}

function linesOf(one: DearRow): AllocationLine[] {
  const { charged, expected, marketplace, row } = one;
  const { month, fulfillmentCenter } = row.data;
  const facility = fulfillmentCenter === '' ? null : fulfillmentCenter;
  const line = { day: chargedOn(one), quantity: 1, facility, reference: month };
  const money = (minor: bigint) => fromMinor(minor, marketplace.currency);
  return [
    { ...line, kind: 'charged', amount: money(charged) },
    { ...line, kind: 'expected', amount: money(expected) },
  ];
}
