import { between, pick, randomFrom, seedOf, type Random } from '../random.js';
import { DAY_MS, type Calendar } from './calendar.js';
import type { Disposition, LedgerRow } from './ledger-row.js';
import type { Product } from './product.js';

export interface Parcel {
  readonly units: number;
  readonly carrier: string;
  readonly tracking: string;
}

/** What the seller ordered Amazon to send back or to dispose of: one line, of one product. */
export interface RemovalOrder {
  readonly id: string;
  readonly type: 'Return' | 'Disposal';
  readonly product: Product;
  readonly disposition: Disposition;
  readonly requestedMs: number;
  /** When the units left stock. Until then they are in process. */
  readonly doneMs: number;
  readonly units: number;
  /** Units of them that are in no parcel, and that nothing tells of. */
  readonly lost: number;
  /** Units that were asked for and were not there. */
  readonly cancelled: number;
  /** What it left in; none for a disposal. */
  readonly parcels: readonly Parcel[];
  readonly feeCents: number;
}

const CARRIERS = ['AMZN_US', 'UPS', 'FEDEX'] as const;

/** The order behind a movement: of what the seller took back, or had disposed of. Undefined for other movements. */
export function removalOrderOf(row: LedgerRow, calendar: Calendar): RemovalOrder | undefined {
  if (row.removal !== undefined) return row.removal ?? undefined;
  const isReturn = row.eventType === 'VendorReturns';
  if (!isReturn && row.reason !== 'D') return undefined;
  const random = randomFrom(seedOf('removal order', row.referenceId));
  const units = -row.quantity;
  const doneMs = calendar.startMs + row.day * DAY_MS;
  const waited = between(random, 3 * 24, 14 * 24) * 3_600_000;
  const parts = isReturn ? partsOf(units, random) : [];
  return {
    id: isReturn ? row.referenceId : `DSP${row.referenceId.slice(-7)}`,
    type: isReturn ? 'Return' : 'Disposal',
    product: row.product,
    disposition: row.disposition,
    requestedMs: Math.max(calendar.startMs, doneMs - waited),
    doneMs,
    units,
    lost: 0,
    cancelled: random() < 0.1 ? between(random, 1, 2) : 0,
    parcels: parts.map((count) => parcelOf(count, random)),
    feeCents: units * 104,
  };
}

/** The units of each parcel: some orders leave in two. */
function partsOf(units: number, random: Random): number[] {
  return units > 1 && random() < 0.3 ? [1, units - 1] : [units];
}

function parcelOf(units: number, random: Random): Parcel {
  const tracking = () => `TBA${between(random, 100_000_000, 999_999_999)}000`;
  return { units, carrier: pick(random, CARRIERS), tracking: tracking() };
}
