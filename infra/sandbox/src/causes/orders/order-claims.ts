import { between, pick } from '../../random.js';
import { netOf } from '../../world/order-transactions.js';
import {
  RETURN_WINDOW,
  type OrderCause,
  type OrderLoss,
  type OrderSubtype,
} from './order-cause.js';
import type { OrderPlot } from './order-plot.js';

const owed = (subtype: OrderSubtype, units: number, fromMs: number): OrderLoss => ({
  ...{ subtype, units, fromMs },
  window: RETURN_WINDOW,
});
/** Days from the shipment to what the buyer is given. */
const given = (plot: OrderPlot) => between(plot.random, 4, 16);

export const refundedNeverReturned: OrderCause = {
  name: 'refunded_never_returned',
  weight: 8,
  plant: (plot) => {
    const { units } = plot.line;
    return owed('refund_not_returned', units, plot.refund({ after: given(plot), units }));
  },
};

export const refundedPartlyReturned: OrderCause = {
  name: 'refunded_partly_returned',
  weight: 2,
  units: 2,
  plant: (plot) => {
    const { units } = plot.line;
    const after = given(plot);
    const ms = plot.refund({ after, units });
    plot.giveBack({ after: after + between(plot.random, 2, 30), units: 1 });
    return owed('refund_not_returned', units - 1, ms);
  },
};

export const refundedPartlyPaid: OrderCause = {
  name: 'refunded_partly_paid',
  weight: 2,
  units: 2,
  plant: (plot) => {
    const { units } = plot.line;
    const after = given(plot);
    const ms = plot.refund({ after, units });
    plot.pay({ after: after + between(plot.random, 46, 55), units: 1, reason: 'CustomerReturn' });
    return owed('refund_not_returned', units - 1, ms);
  },
};

/** Reasons by which the first unit is expected back: other, defective, wrong item. */
const EXPECTED_BACK = [0, 2, 4] as const;
/** Reasons by which Amazon says that it was lost or damaged on its way: lost, damaged in shipping, lost by the shipper. */
const LOST = [1, 3, 6] as const;

export const replacedNeverReturned: OrderCause = {
  name: 'replaced_never_returned',
  weight: 5,
  plant: (plot) => {
    const reason = pick(plot.random, EXPECTED_BACK);
    return owed('replacement_not_returned', 1, plot.replace({ after: given(plot), reason }));
  },
};

export const replacedAsLost: OrderCause = {
  name: 'replaced_as_lost',
  weight: 4,
  plant: (plot) => {
    const reason = pick(plot.random, LOST);
    return owed('lost_outbound', 1, plot.replace({ after: given(plot), reason }));
  },
};

export const lostPaidInPart: OrderCause = {
  name: 'lost_outbound_paid_in_part',
  weight: 2,
  units: 2,
  plant: (plot) => {
    const { units } = plot.line;
    const after = given(plot);
    const ms = plot.refund({ after, units });
    plot.pay({ after: after + between(plot.random, 3, 9), units: 1, reason: 'Lost_Outbound' });
    return owed('lost_outbound', units - 1, ms);
  },
};

export const returnedDamaged: OrderCause = {
  name: 'returned_damaged_by_amazon',
  weight: 4,
  plant: (plot) => {
    const after = given(plot);
    const ms = plot.refund({ after, units: 1 });
    plot.giveBack({ after: after + 1, units: 1, disposition: 'DAMAGED' });
    return owed('return_damaged_by_amazon', 1, ms);
  },
};

const CARRIER_WINDOW = { opens: 0, closes: 45 };
export const returnedDamagedByCarrier: OrderCause = {
  name: 'returned_damaged_by_carrier',
  weight: 2,
  usOnly: true,
  window: CARRIER_WINDOW,
  plant: (plot) => {
    const after = given(plot);
    plot.refund({ after, units: 1 });
    const fromMs = plot.giveBack({ after: after + 2, units: 1, disposition: 'CARRIER_DAMAGED' });
    return { subtype: 'return_damaged_by_amazon', units: 1, fromMs, window: CARRIER_WINDOW };
  },
};

export const returnedNeverShelved: OrderCause = {
  name: 'returned_never_shelved',
  weight: 4,
  plant: (plot) => {
    const after = given(plot);
    const ms = plot.refund({ after, units: 1 });
    plot.giveBack({ after: after + between(plot.random, 0, 9), units: 1, booked: false });
    return owed('return_lost_in_fc', 1, ms);
  },
};

const OVERCHARGE_WINDOW = { opens: 0, closes: 90 };
/** Refunded by Amazon's service and once more when it came back. */
export const refundedTwice: OrderCause = {
  name: 'refunded_twice',
  weight: 3,
  window: OVERCHARGE_WINDOW,
  plant: (plot) => {
    const { units } = plot.line;
    const after = given(plot) + 10;
    plot.refund({ after, units });
    plot.giveBack({ after: after + 3, units });
    const fromMs = plot.refund({ after: after + 4, units });
    const cents = netOf(plot.line);
    return { subtype: 'refund_overcharge', units: 1, fromMs, window: OVERCHARGE_WINDOW, cents };
  },
};

/** Something else came back, and a shelf took it for the product. */
export const returnedAsAnother: OrderCause = {
  name: 'returned_as_another',
  weight: 2,
  plant: (plot) => {
    const after = given(plot);
    const ms = plot.refund({ after, units: 1 });
    const back = plot.giveBack({ after: after + between(plot.random, 2, 20), units: 1 });
    return { ...owed('return_wrong_item', 1, ms), told: { units: 1, ms: back } };
  },
};

const REVALUATION_WINDOW = { opens: 0, closes: 60 };
/** Never brought back, and paid below what was left of its price. */
export const paidBelowPrice: OrderCause = {
  name: 'paid_below_price',
  weight: 2,
  window: REVALUATION_WINDOW,
  plant: (plot) => {
    const { units } = plot.line;
    const after = given(plot);
    plot.refund({ after, units });
    const cents = Math.floor((plot.netCents * between(plot.random, 50, 90)) / 100);
    const paid = { units, cents, reason: 'CustomerReturn' } as const;
    const fromMs = plot.pay({ ...paid, after: after + between(plot.random, 46, 55) });
    const lacking = plot.netCents - cents;
    const window = REVALUATION_WINDOW;
    return { subtype: 'reimbursement_undervalued', units, fromMs, window, cents: lacking };
  },
};
