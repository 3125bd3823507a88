import type { Disposition } from '../world/ledger-row.js';
import type { Cause } from './cause.js';
import { foundUnsellable } from './damage.js';

const leaves = (name: string, reason: string, why: string): Cause => ({
  name,
  span: 12,
  weight: 5,
  plant: (plot) => {
    const units = plot.units(1, 5);
    const pool: Disposition = 'CUSTOMER_DAMAGED';
    foundUnsellable(plot, { code: 'H', pool, units });
    const after = plot.units(4, 12);
    const reference = plot.adjust({ after, reason, quantity: -units, disposition: pool });
    return { lookAlikes: [{ referenceIds: [reference], why }] };
  },
});

export const disposedByOrder = leaves('disposed_by_order', 'D', 'disposed of as the seller asked');
export const donated = leaves('donated', 'G', 'given away instead of being disposed of');

/** Units of one product turn out to be another: what one loses the other gains. */
export const redefinition: Cause = {
  name: 'product_redefinition',
  span: 0,
  weight: 3,
  plant: (plot) => {
    if (!plot.partner) throw new RangeError('a redefinition needs a second product');
    const units = plot.units(2, 6);
    const out = plot.adjust({ after: 0, reason: '4', quantity: -units });
    const into = plot.adjust({ after: 0, reason: '3', quantity: units, product: plot.partner });
    return { lookAlikes: [{ referenceIds: [out, into], why: 'moved to a sibling product' }] };
  },
};

/** Booked in by mistake and corrected: the seller never owned these. */
export const wronglyReceived: Cause = {
  name: 'wrongly_received_corrected',
  span: 6,
  weight: 5,
  plant: (plot) => {
    const units = plot.units(1, 6);
    plot.adjust({ after: 0, reason: 'N', quantity: units });
    const reference = plot.adjust({ after: plot.units(1, 6), reason: 'O', quantity: -units });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'a correction of stock booked wrongly' }],
    };
  },
};

/** A find that answers no loss on the books cannot pay for one that comes later. */
export const strayFind: Cause = {
  name: 'found_without_loss',
  span: 0,
  weight: 4,
  plant: (plot) => {
    const reference = plot.adjust({ after: 0, reason: 'F', quantity: plot.units(1, 3) });
    return { lookAlikes: [{ referenceIds: [reference], why: 'a find without a loss before it' }] };
  },
};
