import { between, type Random } from '../random.js';
import type { LookAlike } from '../causes/plant.js';
import { DAYS } from './calendar.js';
import { movement, type LedgerRow } from './ledger-row.js';
import type { Product } from './product.js';
import type { Serials } from './serials.js';

export interface Transfers {
  readonly rows: LedgerRow[];
  readonly lookAlikes: LookAlike[];
  /** Units that left one place and have not arrived at the other by the anchor, by product index. */
  readonly onTheWay: ReadonlyMap<number, number>;
}

const EVERY = 45;

/** Amazon moves stock between its places: most of it within a day, some of it on the road for up to two weeks. */
export function transfers(
  products: readonly Product[],
  { random, serials }: { readonly random: Random; readonly serials: Serials },
): Transfers {
  const rows: LedgerRow[] = [];
  const lookAlikes: LookAlike[] = [];
  const onTheWay = new Map<number, number>();
  for (const product of products) {
    for (let day = between(random, 5, EVERY); day < DAYS; day += EVERY) {
      const days = random() < 0.6 ? 0 : between(random, 2, 14);
      const units = between(random, 1, 8);
      const referenceId = serials.reference();
      rows.push(...legs(product, { day, days, units, referenceId }));
      if (day + days >= DAYS) onTheWay.set(product.index, units);
      if (days > 0 && product.index % 20 === 0) {
        const why = 'moved between two centres, the second leg some days after the first';
        lookAlikes.push({
          fnsku: product.fnsku,
          cause: 'slow_transfer',
          referenceIds: [referenceId],
          why,
        });
      }
    }
  }
  return { rows, lookAlikes, onTheWay };
}

interface Trip {
  readonly day: number;
  readonly days: number;
  readonly units: number;
  readonly referenceId: string;
}

function legs(product: Product, { day, days, units, referenceId }: Trip): LedgerRow[] {
  const leg = (at: number, center: string | undefined, quantity: number) =>
    movement({
      day: at,
      product,
      eventType: 'WhseTransfers',
      referenceId,
      quantity,
      center: center ?? '',
      disposition: 'SELLABLE',
    });
  const out = leg(day, product.centers[0], -units);
  return day + days < DAYS ? [out, leg(day + days, product.centers[1], units)] : [out];
}
