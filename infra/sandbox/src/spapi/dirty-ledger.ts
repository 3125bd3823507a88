import { pick } from '../random.js';
import { DAY_MS } from '../world/calendar.js';
import { centersOf } from '../world/fulfillment-centers.js';
import type { NamedRow, RowDirt } from './dirt.js';

/** Days within which Amazon shows a movement that it shows late. */
const LATE_DAYS = 2;
/** Older than this, a loss is known to be one without Amazon's word for it. */
const SILENT_DAYS = 31;
/** Places where nobody here sells: their stock is another's business. */
const ELSEWHERE = ['MX', 'BR', 'JP', 'AU'] as const;

/** A movement of the last days that is not shown yet. */
export function isLate(row: NamedRow, { random, share, world }: RowDirt): boolean {
  return random() < share && ageOf(row, world) <= LATE_DAYS;
}

/** A ledger row as it may be told, with what may stand beside it. */
export function dirtyLedgerRow(row: NamedRow, dirt: RowDirt): readonly NamedRow[] {
  const { random, share } = dirt;
  const told = CHANGES.reduce((now, change) => (random() < share ? change(now, dirt) : now), row);
  return random() < share / 10 ? [told, elsewhere(row, dirt)] : [told];
}

const CHANGES: readonly ((row: NamedRow, dirt: RowDirt) => NamedRow)[] = [
  isoDate,
  otherWords,
  silent,
  foundElsewhere,
  foundAsAmazons,
];

function isoDate(row: NamedRow): NamedRow {
  return { ...row, Date: dayOf(row) };
}

function otherWords(row: NamedRow): NamedRow {
  const { Disposition: disposition = '', Reason: reason = '' } = row;
  return {
    ...row,
    Disposition: disposition.replaceAll('_', ' '),
    Reason: ` ${reason.toLowerCase()}`,
  };
}

/** Where Amazon states nothing, and the loss is old enough to speak for itself. */
function silent(row: NamedRow, { world }: RowDirt): NamedRow {
  if (ageOf(row, world) < SILENT_DAYS || row['Reason'] === '4') return row;
  return { ...row, 'Reconciled Quantity': '', 'Unreconciled Quantity': '' };
}

/** Units turn up wherever somebody looks for them. */
function foundElsewhere(row: NamedRow, { random, world }: RowDirt): NamedRow {
  const country = world.seller.marketplaces.find(
    ({ countryCode }) => countryCode === row['Country'],
  );
  if (!isFind(row) || !country) return row;
  return { ...row, 'Fulfillment Center': pick(random, centersOf(country.countryCode)) };
}

/** Units of which Amazon does not know under which SKU they came. */
function foundAsAmazons(row: NamedRow): NamedRow {
  const asin = row['ASIN'] ?? '';
  return isFind(row) ? { ...row, FNSKU: asin, MSKU: `Amazon.Found.${asin}` } : row;
}

function isFind(row: NamedRow): boolean {
  return row['Reason']?.trim().toUpperCase() === 'F';
}

/** The same product in a country where the seller's stock is none of this account's. */
function elsewhere(row: NamedRow, { random }: RowDirt): NamedRow {
  const nobodys = { 'Reconciled Quantity': '', 'Unreconciled Quantity': '' };
  return {
    ...row,
    ...nobodys,
    Country: pick(random, ELSEWHERE),
    'Reference ID': `${row['Reference ID']}9`,
  };
}

function dayOf(row: NamedRow): string {
  const [month, day, year] = (row['Date'] ?? '').split('/');
  return year === undefined ? (row['Date'] ?? '') : `${year}-${month}-${day}`;
}

function ageOf(row: NamedRow, { calendar }: RowDirt['world']): number {
  return (calendar.endMs - Date.parse(`${dayOf(row)}T00:00:00Z`)) / DAY_MS;
}
