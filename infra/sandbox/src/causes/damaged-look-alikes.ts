import type { Disposition } from '../world/ledger-row.js';
import type { Cause } from './cause.js';
import { damageByWarehouse, foundUnsellable } from './damage.js';

export const dispositionCorrected: Cause = {
  name: 'damaged_disposition_corrected',
  span: 10,
  weight: 12,
  plant: (plot) => {
    const units = plot.units(1, 6);
    const after = plot.units(1, 10);
    const reference = damageByWarehouse(plot, { after: 0, units });
    plot.adjust({ after, reason: 'Q', quantity: -units, disposition: 'WAREHOUSE_DAMAGED' });
    plot.adjust({ after, reason: 'P', quantity: units });
    return { lookAlikes: [{ referenceIds: [reference], why: 'inspected and sellable after all' }] };
  },
};

export const damagedFullyReimbursed: Cause = {
  name: 'damaged_fully_reimbursed',
  span: 12,
  weight: 13,
  pays: true,
  plant: (plot) => {
    const units = plot.units(1, 6);
    const after = plot.units(1, 12);
    const reference = damageByWarehouse(plot, { after: 0, units });
    plot.pay({ after, reason: 'Damaged_Warehouse', cash: units });
    if (plot.random() < 0.6) {
      plot.adjust({ after, reason: 'O', quantity: -units, disposition: 'WAREHOUSE_DAMAGED' });
    }
    return { lookAlikes: [{ referenceIds: [reference], why: 'Amazon paid every unit' }] };
  },
};

export const damagedPastWindow: Cause = {
  name: 'damaged_past_window',
  span: 0,
  weight: 3,
  age: { from: 75, to: 300 },
  plant: (plot) => {
    const units = plot.units(1, 5);
    const reference = damageByWarehouse(plot, { after: 0, units, open: units });
    return {
      lookAlikes: [{ referenceIds: [reference], why: 'never paid, but its window has closed' }],
    };
  },
};

const unsellable = (name: string, code: string, pool: Disposition): Cause => ({
  name,
  span: 0,
  weight: 4,
  plant: (plot) => {
    const reference = foundUnsellable(plot, { code, pool, units: plot.units(1, 4) });
    return { lookAlikes: [{ referenceIds: [reference], why: 'not damaged by the warehouse' }] };
  },
});

export const notTheWarehouse: readonly Cause[] = [
  unsellable('customer_damaged', 'H', 'CUSTOMER_DAMAGED'),
  unsellable('carrier_damaged', '6', 'CARRIER_DAMAGED'),
  unsellable('distributor_damaged', 'U', 'DISTRIBUTOR_DAMAGED'),
  unsellable('defective', 'K', 'DEFECTIVE'),
  unsellable('expired', '7', 'EXPIRED'),
];
