import { daysBetween, groupBy } from '@recoup/kernel';
import {
  compareText,
  distinct,
  type CustomerReturn,
  type LedgerRow,
  type ProductFacts,
} from '../facts.js';
import { GRADED } from './order-line.js';

/** Days by which the ledger may show a return before or after the report of returns does. */
const TOLERANCE = 3;

/** Returns that Amazon booked and no shelf took in; gathered product by product, and read by order. */
export interface LostReturns {
  learn(product: Pick<ProductFacts, 'returns' | 'ledger'>): void;
  readonly byOrder: ReadonlyMap<string, readonly CustomerReturn[]>;
}

/**
 * Sets the returns of each product off against what its ledger took in, exact ones first, each row of the ledger used once. A
 * return counts as lost only if it was sellable, so that it had to reach the shelf: units that Amazon took over, or sells
 * on as used under another product (`amzn.gr.`), never do. Its memory follows the losses.
 */
export function openLostReturns(): LostReturns {
  const byOrder = new Map<string, CustomerReturn[]>();
  return {
    byOrder,
    learn(product) {
      for (const row of lostOf(product)) {
        const known = byOrder.get(row.data.orderId);
        if (known) known.push(row);
        else byOrder.set(row.data.orderId, [row]);
      }
    },
  };
}

interface TakenIn {
  readonly row: LedgerRow;
  units: number;
}

interface Missing {
  readonly row: CustomerReturn;
  readonly day: string;
  units: number;
}

function lostOf({ returns, ledger }: Pick<ProductFacts, 'returns' | 'ledger'>): CustomerReturn[] {
  const missing: Missing[] = [...distinct(returns)]
    .map((row) => ({ row, day: row.data.returnedAt.slice(0, 10), units: row.data.quantity }))
    .sort((a, b) => compareText(a.day, b.day) || compareText(a.row.key, b.row.key));
  if (!missing.some(({ row }) => mustReachTheShelf(row))) return [];
  const taken: TakenIn[] = distinct(ledger)
    .filter(({ data }) => data.eventType === 'CustomerReturns' && data.quantity > 0)
    .map((row) => ({ row, units: row.data.quantity }))
    .sort((a, b) => compareText(a.row.data.day, b.row.data.day));
  takeExact(missing, taken);
  takeNear(missing, taken);
  // Of a return of several units of which some were taken in, nothing says which is missing: it is left alone.
  return missing
    .filter(({ row, units }) => units === row.data.quantity && mustReachTheShelf(row))
    .map(({ row }) => row);
}

/** What both reports tell alike, day, place and condition, is the same return. */
function takeExact(missing: readonly Missing[], taken: readonly TakenIn[]): void {
  const alike = groupBy(taken, ({ row: { data } }) =>
    [data.day, data.fulfillmentCenter, data.disposition].join(' '),
  );
  for (const one of missing) {
    const { fulfillmentCenter, disposition } = one.row.data;
    const rows = alike.get([one.day, fulfillmentCenter, disposition].join(' ')) ?? [];
    for (let row = rows.at(-1); row && one.units > 0; row = rows.at(-1)) {
      use(one, row);
      if (row.units === 0) rows.pop();
    }
  }
}

/** Of the rest, whatever was taken in within some days may be the return. Both come in the order of their days. */
function takeNear(missing: readonly Missing[], taken: readonly TakenIn[]): void {
  const open = taken.filter(({ units }) => units > 0);
  let first = 0;
  for (const one of missing) {
    while (isPast(open[first], one.day)) first += 1;
    for (let at = first; one.units > 0; at += 1) {
      const row = open[at];
      if (!row || daysBetween(one.day, row.row.data.day) > TOLERANCE) break;
      use(one, row);
    }
  }
}

/** Too old for this return and for all later ones, or used up. */
function isPast(taken: TakenIn | undefined, day: string): boolean {
  if (taken === undefined) return false;
  return taken.units === 0 || daysBetween(taken.row.data.day, day) > TOLERANCE;
}

function use(missing: Missing, taken: TakenIn): void {
  const units = Math.min(missing.units, taken.units);
  missing.units -= units;
  taken.units -= units;
}

function mustReachTheShelf({ data }: CustomerReturn): boolean {
  return data.disposition === 'SELLABLE' && !data.sku.startsWith(GRADED);
}
