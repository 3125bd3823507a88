import { marketplaceOfCountry } from '@recoup/domain';
import { note, unitsText } from '../note.js';
import type { ProductWatcher } from '../watcher.js';

/**
 * Units that left a centre for another and have not arrived, before they can be claimed: `fc_transfer_loss` owns them from
 * the 61st day on, and `lost_warehouse` those that a later row calls misplaced.
 */
export const transferInTransit: ProductWatcher = {
  kind: 'transfer_in_transit',
  of: 'product',
  needs: ['ledger', 'reimbursements'],
  cleared: 'The units arrived, were found or paid for, or became a claim.',
  watch: ({ allocation }, context) =>
    allocation.losses
      .filter(({ kind, left }) => kind === 'moved_out' && left > 0)
      .flatMap(({ row: { key, data }, left, lines, sources }) => {
        const marketplace = marketplaceOfCountry(data.country);
        if (!marketplace) return [];
        const { fnsku, sku, asin, title: productName, day } = data;
        const facility = data.fulfillmentCenter || null;
        const from = facility ?? 'a fulfilment centre';
        const subject = { fnsku, sku, asin, productName, facility };
        const sight = {
          ...{ kind: 'transfer_in_transit' as const, marketplace, anchor: [key], subject },
          ...{ since: day, quantity: left, lines, sources },
          reason: `${unitsText(left)} left ${from} for another fulfilment centre on ${day} and arrived at none.`,
          nextStep:
            'Nothing yet: slow moves arrive. What arrives nowhere for 60 days becomes a claim by itself.',
        };
        return note(sight, context);
      }),
};
