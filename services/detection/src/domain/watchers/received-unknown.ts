import { subjectOf } from '../inbound/inbound-subject.js';
import { firstDayOf, sourcesOf, wholeShipments } from '../inbound/whole-shipments.js';
import { note } from '../note.js';
import type { ProductWatcher } from '../watcher.js';

/** By these Amazon has begun to receive a shipment, or has done with it: then it should know how much. */
const RECEIVED = new Set(['RECEIVING', 'CLOSED']);

/** Shipments of which Amazon does not say what was sent or received: unknown is not zero, and nothing is claimed of them. */
export const receivedUnknown: ProductWatcher = {
  kind: 'received_unknown',
  of: 'product',
  needs: ['inboundShipments'],
  cleared:
    'Amazon says by now how much it received, or nothing can be claimed of the shipment any more.',
  watch: (key, context) =>
    wholeShipments(key)
      .filter(({ status }) => RECEIVED.has(status))
      .flatMap((whole) => {
        const { shipmentId, marketplace, items, first } = whole;
        const unknown = items.filter(
          ({ data }) => data.quantityShipped === null || data.quantityReceived === null,
        );
        if (unknown.length === 0) return [];
        const skus = [...new Set(unknown.map(({ data }) => data.sku))].sort().join(', ');
        const sight = {
          ...{ kind: 'received_unknown' as const, marketplace, anchor: [shipmentId] },
          subject: { ...subjectOf(first.data, key.facts), shipmentId },
          ...{ since: firstDayOf(whole), quantity: null, lines: [], sources: sourcesOf(whole) },
          reason: `Amazon does not say how many units of ${skus} in shipment ${shipmentId} were sent and received.`,
          nextStep: 'Compare the shipment in Seller Central with what you sent.',
        };
        return note(sight, context);
      }),
};
