import { between } from '../../random.js';
import type { OrderCause } from './order-cause.js';
import type { OrderPlot } from './order-plot.js';

const given = (plot: OrderPlot) => between(plot.random, 4, 16);

interface Alike extends Omit<OrderCause, 'plant' | 'weight'> {
  readonly why: string;
  readonly weight?: number;
}

/** A cause after which nothing is owed. */
function alike({ why, ...cause }: Alike, plant: (plot: OrderPlot) => unknown): OrderCause {
  return {
    ...{ weight: 3, ...cause },
    plant: (plot) => {
      plant(plot);
      return { why };
    },
  };
}

export const concession = alike(
  { name: 'concession', why: 'a part of the price, and the buyer keeps it' },
  (plot) => plot.refund({ after: given(plot), units: plot.line.units, part: 'concession' }),
);

export const feesGivenBack = alike(
  { name: 'fees_given_back', why: 'a refund of nothing but fees' },
  (plot) => plot.refund({ after: given(plot), units: plot.line.units, part: 'fees' }),
);

export const goodwill = alike(
  { name: 'goodwill', why: 'a gift of the service, beside the price' },
  (plot) => {
    const after = given(plot);
    plot.refund({ after, units: plot.line.units });
    plot.giveBack({ after: after + 2, units: plot.line.units });
    plot.refund({ after: after + 3, units: plot.line.units, part: 'goodwill' });
  },
);

export const refundedBeforeShipment = alike(
  {
    name: 'refunded_before_shipment',
    why: 'cancelled too late: what was refunded had not been sent',
  },
  (plot) => plot.refund({ after: -1, units: plot.line.units }),
);

export const returnedLate = alike(
  { name: 'returned_late', why: 'it came back weeks after the refund' },
  (plot) => {
    const { units } = plot.line;
    const after = given(plot);
    plot.refund({ after, units });
    plot.giveBack({ after: after + between(plot.random, 20, 40), units });
  },
);

export const returnedAsUsed = alike(
  { name: 'returned_as_used', why: 'it came back and is sold on as used, under a SKU of its own' },
  (plot) => {
    const after = given(plot);
    plot.refund({ after, units: 1 });
    plot.giveBack({ after: after + between(plot.random, 2, 20), units: 1, as: 'graded' });
  },
);

export const paidUnasked = alike(
  { name: 'return_paid_unasked', why: 'Amazon has paid for it' },
  (plot) => {
    const { units } = plot.line;
    const after = given(plot);
    plot.refund({ after, units });
    plot.pay({ after: after + between(plot.random, 45, 55), units, reason: 'CustomerReturn' });
  },
);

export const damagedReturnPaid = alike(
  { name: 'damaged_return_paid', why: 'Amazon took it over and has paid for it' },
  (plot) => {
    const after = given(plot);
    plot.refund({ after, units: 1 });
    plot.giveBack({ after: after + 1, units: 1, disposition: 'DAMAGED' });
    plot.pay({ after: after + between(plot.random, 2, 12), units: 1, reason: 'CustomerReturn' });
  },
);

export const replacedAndReturned = alike(
  { name: 'replaced_and_returned', why: 'the first unit came back', weight: 12 },
  (plot) => {
    const after = given(plot);
    plot.replace({ after, reason: 2 });
    plot.giveBack({ after: after + between(plot.random, 5, 25), units: 1 });
  },
);

export const returnedUnderReplacement = alike(
  {
    name: 'returned_under_replacement',
    why: 'the first unit came back under the number of the second order',
    weight: 6,
  },
  (plot) => {
    const after = given(plot);
    plot.replace({ after, reason: 4 });
    plot.giveBack({ after: after + between(plot.random, 5, 25), units: 1, as: 'replacement' });
  },
);

export const replacedAndPaid = alike(
  { name: 'replaced_and_paid', why: 'Amazon has paid for what it lost', weight: 6 },
  (plot) => {
    const after = given(plot);
    plot.replace({ after, reason: 1 });
    plot.pay({ after: after + between(plot.random, 2, 9), units: 1, reason: 'Lost_Outbound' });
  },
);

export const replacedAsException = alike(
  { name: 'replaced_as_exception', why: 'an exception in favour of the customer, who keeps both' },
  (plot) => plot.replace({ after: given(plot), reason: 12 }),
);

export const merchantRefund = alike(
  { name: 'merchant_refund', why: 'the merchant shipped it, and refunds it alone', by: 'merchant' },
  (plot) => plot.refund({ after: given(plot), units: plot.line.units }),
);

export const returnedAsAnotherAndPaid: OrderCause = {
  name: 'returned_as_another_and_paid',
  weight: 2,
  plant: (plot) => {
    const after = given(plot);
    plot.refund({ after, units: 1 });
    const ms = plot.giveBack({ after: after + between(plot.random, 2, 20), units: 1 });
    plot.pay({ after: after + between(plot.random, 30, 50), units: 1, reason: 'CustomerReturn' });
    const why = 'Amazon paid for the unit in whose place something else came back';
    return { why, told: { units: 1, ms } };
  },
};
