import { groupBy } from '@recoup/kernel';
import type { AllocationLine } from '@recoup/contracts';
import { subjectOf } from '../inbound/inbound-subject.js';
import {
  firstDayOf,
  sourcesOf,
  wholeShipments,
  type WholeShipment,
} from '../inbound/whole-shipments.js';
import { note, unitsText, type Sight } from '../note.js';
import type { ProductWatcher } from '../watcher.js';

/** On their way or at the dock, and not done with. A shipment that is not sent yet is not stuck. */
const UNDERWAY = new Set(['SHIPPED', 'IN_TRANSIT', 'DELIVERED', 'CHECKED_IN', 'RECEIVING']);

/**
 * Shipments that came short and to which nothing more happens, where no claim can be counted: `inbound_shortage` owns what
 * Amazon closed or is still receiving, from the first receipt on. Left are those that were received in part and never
 * reached that state, and those of which nothing was received at all.
 */
export const shipmentStuck: ProductWatcher = {
  kind: 'shipment_stuck',
  of: 'product',
  needs: ['inboundShipments', 'ledger', 'transactions'],
  cleared: 'The shipment moved on, became a claim, or nothing can be claimed of it any more.',
  watch: (key, context) =>
    wholeShipments(key).flatMap((whole) => {
      const missing = missingOf(whole);
      const story = missing > 0 ? storyOf(whole, missing) : null;
      if (!story) return [];
      const { shipmentId, marketplace, first } = whole;
      const sight = {
        ...{ kind: 'shipment_stuck' as const, marketplace, anchor: [shipmentId], ...story },
        subject: { ...subjectOf(first.data, key.facts), shipmentId },
        ...{ since: firstDayOf(whole), quantity: missing, sources: sourcesOf(whole) },
        lines: linesOf(whole),
        nextStep:
          'Look at the shipment in Seller Central, with its proof of delivery at hand, and ask Amazon where it is.',
      };
      return note(sight, context);
    }),
};

type Story = Pick<Sight, 'reason' | 'quietSince' | 'statedByAmazon'>;

function storyOf(whole: WholeShipment, missing: number): Story | null {
  if (whole.status === 'CLOSED') return neverReceived(whole, missing);
  return UNDERWAY.has(whole.status) ? silent(whole, missing) : null;
}

function neverReceived(whole: WholeShipment, missing: number): Story | null {
  const { shipmentId, receipts, items } = whole;
  const came = receipts.length > 0 || items.some(({ data }) => data.quantityReceived !== 0);
  const reason = `Amazon closed shipment ${shipmentId} and received none of its ${unitsText(missing)}. No receipt dates it, so that no window can be counted.`;
  return came ? null : { reason, statedByAmazon: true };
}

function silent(whole: WholeShipment, missing: number): Story | null {
  const { shipmentId, status, receipts, charged } = whole;
  const last = receipts.at(-1)?.data.day;
  const quietSince = last ?? charged.at(-1);
  const isClaimed = status === 'RECEIVING' && last !== undefined;
  if (isClaimed || quietSince === undefined) return null;
  const silence = last === undefined ? 'nothing was ever received' : `nothing came since ${last}`;
  const reason = `Shipment ${shipmentId} (${status}) is short of ${unitsText(missing)}, and ${silence}.`;
  return { reason, quietSince };
}

/** Units of all products that were sent and not received, by the shipment or the ledger; unknown ones are another risk. */
function missingOf({ items, receipts }: WholeShipment): number {
  const booked = groupBy(receipts, ({ data }) => data.fnsku);
  return [...groupBy(items, ({ data }) => data.fnsku)].reduce((sum, [fnsku, own]) => {
    const counts = own.map(({ data: { quantityShipped, quantityReceived } }) =>
      quantityShipped === null || quantityReceived === null
        ? null
        : { shipped: quantityShipped, received: quantityReceived },
    );
    if (counts.includes(null)) return sum;
    const total = (name: 'shipped' | 'received') =>
      counts.reduce((all, one) => all + (one?.[name] ?? 0), 0);
    const inLedger = (booked.get(fnsku) ?? []).reduce((all, { data }) => all + data.quantity, 0);
    return sum + Math.max(0, total('shipped') - Math.max(total('received'), inLedger));
  }, 0);
}

function linesOf({ receipts, shipmentId }: WholeShipment): readonly AllocationLine[] {
  return receipts.flatMap(({ data: { day, quantity, fulfillmentCenter } }) =>
    quantity > 0
      ? [
          {
            ...{ kind: 'received' as const, day, quantity, reference: shipmentId },
            facility: fulfillmentCenter || null,
          },
        ]
      : [],
  );
}
