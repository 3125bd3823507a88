import type { LedgerRow } from '../world/ledger-row.js';
import type { Product } from '../world/product.js';
import type { World } from '../world/world.js';
import { dayRange, type ReportScope, type ReportType } from './report-type.js';

const COLUMNS = [
  ...(['Receipts', 'Customer Shipments', 'Customer Returns', 'Vendor Returns'] as const),
  ...(['Warehouse Transfer In/Out', 'Found', 'Lost', 'Damaged', 'Disposed'] as const),
  'Other Events',
] as const;
type Column = (typeof COLUMNS)[number];

const BY_EVENT: Readonly<Record<Exclude<LedgerRow['eventType'], 'Adjustments'>, Column>> = {
  Receipts: 'Receipts',
  CustomerShipments: 'Customer Shipments',
  CustomerReturns: 'Customer Returns',
  VendorReturns: 'Vendor Returns',
  WhseTransfers: 'Warehouse Transfer In/Out',
};

/** Which column a reason code is summed up in is documented nowhere: here, by what the code means. */
const BY_REASON: Readonly<Record<string, Column>> = {
  F: 'Found',
  M: 'Lost',
  5: 'Lost',
  D: 'Disposed',
  ...Object.fromEntries(['E', '6', '7', 'H', 'K', 'U'].map((code) => [code, 'Damaged'])),
};

/** The running balance of one product in one disposition at one place. */
interface Shelf {
  readonly product: Product;
  readonly disposition: string;
  readonly location: string;
  start: number;
  balance: number;
  onTheRoad: number;
  readonly sums: Map<Column, number>;
}

/**
 * Balances by period and place, opening and closing, with what happened between. A period is summed up as far as the window
 * that is asked for reaches into it.
 */
export const ledgerSummary: ReportType = {
  charset: 'UTF-8',
  quoted: true,
  header: [
    ...['Date', 'FNSKU', 'ASIN', 'MSKU', 'Title', 'Disposition', 'Starting Warehouse Balance'],
    ...['In Transit Between Warehouses', ...COLUMNS],
    ...['Ending Warehouse Balance', 'Unknown Events', 'Location', 'Store'],
  ],
  isEmpty(world, { to }) {
    return !daysUntil(world, to).some((day) => world.ledgerOn(day).length > 0);
  },
  *rows(world, scope) {
    const shelves = new Map<string, Shelf>();
    const { from, to } = dayRange(world, scope);
    let period: string | undefined;
    for (const day of daysUntil(world, to)) {
      const next = day < from ? undefined : periodOf(world.calendar.name(day), scope);
      if (next !== period) {
        if (period !== undefined) yield* closed(shelves, period);
        open(shelves);
        period = next;
      }
      for (const row of world.ledgerOn(day)) book(shelves, row, scope);
    }
    if (period !== undefined) yield* closed(shelves, period);
  },
};

function daysUntil({ calendar }: World, to: number): number[] {
  return Array.from({ length: Math.min(to, calendar.days - 1) + 1 }, (_, day) => day);
}

/** `MM/YYYY` for a month, `MM/DD/YYYY` for a day. */
function periodOf(day: string, { options }: ReportScope): string {
  const [year, month, date] = day.split('-');
  const daily = options['aggregatedByTimePeriod'] === 'DAILY';
  return daily ? `${month}/${date}/${year}` : `${month}/${year}`;
}

function open(shelves: Map<string, Shelf>): void {
  for (const shelf of shelves.values()) {
    shelf.start = shelf.balance;
    shelf.sums.clear();
  }
}

function book(shelves: Map<string, Shelf>, row: LedgerRow, { options }: ReportScope): void {
  const { product, disposition, quantity } = row;
  const byCountry = options['aggregateByLocation'] === 'COUNTRY';
  const location = byCountry ? product.marketplace.countryCode : row.center;
  const key = `${product.index} ${disposition} ${location}`;
  const shelf = shelves.get(key) ?? {
    ...{ product, disposition, location, start: 0, balance: 0, onTheRoad: 0 },
    sums: new Map<Column, number>(),
  };
  shelves.set(key, shelf);
  const column =
    row.eventType === 'Adjustments'
      ? (BY_REASON[row.reason] ?? 'Other Events')
      : BY_EVENT[row.eventType];
  shelf.balance += quantity;
  shelf.sums.set(column, (shelf.sums.get(column) ?? 0) + quantity);
  if (column === 'Warehouse Transfer In/Out') onTheRoad(shelves, row, shelf);
}

/** Units that left a place are on the road, for that place, until they arrive at another. */
function onTheRoad(shelves: Map<string, Shelf>, { product, quantity }: LedgerRow, at: Shelf): void {
  if (quantity < 0) {
    at.onTheRoad -= quantity;
    return;
  }
  let arrived = quantity;
  for (const shelf of shelves.values()) {
    if (shelf.product !== product) continue;
    const units = Math.min(arrived, shelf.onTheRoad);
    shelf.onTheRoad -= units;
    arrived -= units;
  }
}

function* closed(shelves: Map<string, Shelf>, period: string): Generator<string[]> {
  for (const {
    product,
    disposition,
    location,
    start,
    balance,
    onTheRoad,
    sums,
  } of shelves.values()) {
    if (start === 0 && balance === 0 && sums.size === 0) continue;
    yield [
      ...[period, product.fnsku, product.asin, product.sku, product.title, disposition],
      ...[start, onTheRoad, ...COLUMNS.map((column) => sums.get(column) ?? 0), balance, 0].map(
        String,
      ),
      ...[location, ''],
    ];
  }
}
