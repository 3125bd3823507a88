import {
  claimSubtypeSchema,
  claimTypeOf,
  type AllocationLine,
  type ClaimSubtype,
  type MeasuredSize,
} from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import {
  after,
  answered,
  cause,
  finding,
  prompted,
  seen,
  validated,
} from '../../test/claim-story.js';
import { promptOf } from '../claim-answer.js';
import { observe, type ClaimFinding } from '../claim-observe.js';
import { route } from '../claim-route.js';
import type { ClaimState } from '../claim-state.js';
import { packetPage, type PacketPage } from './packet-page.js';
import type { PacketFact } from './packet-table.js';

const at = { day: '2026-09-01', reference: 'REF-7', facility: 'PHX7', quantity: 7 };
const line = (
  kind: AllocationLine['kind'],
  change: Partial<AllocationLine> = {},
): AllocationLine => ({
  ...{ ...at, kind },
  ...change,
});
const money = (amount: string) => ({ amount: { amount, currency: 'USD' } });
const units = [line('lost'), line('found', { day: '2026-09-03', quantity: 3 })];
const charges = [
  ...[line('charged', money('70.00')), line('expected', money('50.00'))],
  ...[line('charged', { day: '2026-09-05', ...money('35.50') })],
  ...[line('expected', { day: '2026-09-05', ...money('25.50') })],
];
const low = [
  line('expected', money('40.00')),
  line('paid', { day: '2026-09-04', ...money('10.00') }),
];

/** The allocation of each kind of claim, as its detector makes it. */
const allocations: Readonly<Record<ClaimSubtype, readonly AllocationLine[]>> = {
  lost_warehouse: units,
  damaged_warehouse: [line('damaged'), line('corrected', { quantity: 3 })],
  inbound_shortage: [line('shipped'), line('received', { quantity: 3 })],
  inbound_damaged: [line('damaged'), line('reimbursed', { quantity: 3 })],
  refund_not_returned: [line('refunded'), line('returned', { quantity: 3 })],
  replacement_not_returned: [line('replaced'), line('returned', { quantity: 3 })],
  return_damaged_by_amazon: [line('returned')],
  return_wrong_item: [line('asserted')],
  return_lost_in_fc: [line('returned'), line('reimbursed', { quantity: 3 })],
  refund_overcharge: [line('charged', money('70.00')), line('refunded', money('90.00'))],
  fulfilment_fee_overcharge: charges,
  storage_fee_overcharge: charges,
  referral_fee_error: charges,
  removal_lost: [line('requested'), line('delivered', { quantity: 3 })],
  removal_damaged: [line('asserted')],
  disposed_unauthorised: [line('disposed'), line('requested', { quantity: 3 })],
  missing_reimbursement: [line('reimbursed', money('40.00'))],
  reimbursement_undervalued: low,
  reimbursement_reversed: [line('reversed', money('40.00'))],
  inbound_defect_fee: [line('charged', money('40.00'))],
  unused_label_fee: [line('charged', money('40.00')), line('refunded', money('4.00'))],
  fc_transfer_loss: [line('moved_out'), line('moved_in', { quantity: 3 })],
  product_redefinition_loss: [line('redefined')],
  lost_outbound: [line('refunded'), line('reimbursed', { quantity: 3 })],
};

function claimWith(change: Partial<ClaimFinding>): ClaimState {
  return after((state) => observe(state, { ...finding, ...change }, seen('d1')), validated);
}

function pageOf(claim: ClaimState, facts: readonly PacketFact[] = []): PacketPage {
  return packetPage({ claim, facts, unstored: 0, paymentsRead: '2026-09-30' });
}

const tablesOf = ({ sections }: PacketPage) => sections.flatMap(({ tables }) => tables);
const tableCalled = (page: PacketPage, caption: string) =>
  tablesOf(page).find((table) => table.caption === caption);

describe('given a claim of each kind', () => {
  it.each(claimSubtypeSchema.options)(
    '%s: then a table tells every day, unit and amount',
    (subtype) => {
      const allocation = allocations[subtype];
      const claimType = claimTypeOf(subtype);
      const page = pageOf(claimWith({ subtype, claimType, allocation: [...allocation] }));
      const [table] = tablesOf(page);
      const cells = table?.rows.flat() ?? [];
      expect(table?.rows.length).toBeGreaterThan(1);
      for (const { day, quantity, amount } of allocation) {
        const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
        expect.soft(cells).toContain(date.format(new Date(`${day}T00:00:00Z`)));
        expect.soft(cells).toContain(String(quantity));
        if (amount) expect.soft(cells).toContain(`${amount.amount} USD`);
      }
    },
  );

  it('then charges stand beside what was right, with their differences and their sums', () => {
    const total = { amount: '30.00', currency: 'USD' };
    const value = { basis: 'difference', perUnit: null, total } as const;
    const subtype = 'fulfilment_fee_overcharge';
    const page = pageOf(claimWith({ subtype, allocation: charges, value }));
    expect(tableCalled(page, 'Charged and expected fees')?.rows).toEqual([
      ['Sep 1, 2026', 'REF-7', '7', '70.00 USD', '50.00 USD', '20.00 USD'],
      ['Sep 5, 2026', 'REF-7', '7', '35.50 USD', '25.50 USD', '10.00 USD'],
      ['–', 'sum', '4', '105.50 USD', '75.50 USD', '30.00 USD'],
    ]);
  });
});

describe('given records of Amazon', () => {
  it('then shipped stands beside received, and what Amazon does not state is no number', () => {
    const item = (key: string, quantityReceived: number | null): PacketFact => ({
      ...{ kind: 'inboundItem', key },
      data: {
        ...{ shipmentId: 'FBA1', sku: `SKU-${key}`, fnsku: 'X001', quantityInCase: null },
        ...{ quantityShipped: 12, quantityReceived },
      },
    });
    const page = pageOf(claimWith({ subtype: 'inbound_shortage' }), [
      item('b', null),
      item('a', 9),
    ]);
    expect(tableCalled(page, 'Shipped and received')?.rows).toEqual([
      ['FBA1', 'SKU-a', 'X001', '12', '9', '3'],
      ['FBA1', 'SKU-b', 'X001', '12', '–', '–'],
    ]);
  });

  it('then the order in which they were read does not show', () => {
    const row = (key: string, quantity: number): PacketFact => ({
      ...{ kind: 'ledger', key },
      data: {
        ...{ day: '2026-09-01', fnsku: 'X001', asin: 'B1', sku: 'S', title: 'T', quantity },
        ...{ eventType: 'Adjustments', referenceId: 'R', fulfillmentCenter: 'PHX7' },
        ...{ disposition: 'SELLABLE', reason: 'M', country: 'US', reconciledQuantity: null },
        ...{ unreconciledQuantity: null, occurredAt: null },
      },
    });
    const [a, b] = [row('a', -4), row('b', -2)];
    expect(pageOf(claimWith({}), [b, a])).toEqual(pageOf(claimWith({}), [a, b]));
  });

  it('then what the seller measured stands beside them', () => {
    const size = {
      ...{ longest: '24.5', median: '12', shortest: '8', lengthUnit: 'cm' as const },
      ...{ weight: '410', weightUnit: 'g' as const },
    } satisfies MeasuredSize;
    const asked = (state: ClaimState | null) => {
      const question = { kind: 'measured_size', question: 'How large?' } as const;
      return state
        ? route(state, { kind: 'prompt', prompt: promptOf(state, question) }, cause)
        : [];
    };
    const claim = after(
      ...[(state: ClaimState | null) => observe(state, finding, seen('d1')), validated, prompted],
      ...[asked, answered({ kind: 'measured_size', size })],
    );
    expect(tableCalled(pageOf(claim), 'Measured size')?.rows).toEqual([
      ['seller', '24.5 cm', '12 cm', '8 cm', '410 g'],
    ]);
  });
});

describe('given how the reimbursements report was read', () => {
  const paragraphs = (paymentsRead: string | null) =>
    packetPage({ claim: claimWith({}), facts: [], unstored: 0, paymentsRead })
      .sections.flatMap((section) => section.paragraphs)
      .join(' ');

  it('then only of one that was read whole it is said that it holds no payment', () => {
    expect(paragraphs('2026-09-30')).toContain('read through Sep 30, 2026. The FBA');
    expect(paragraphs('2026-09-30')).toContain('holds no payment');
    expect(paragraphs(null)).toContain('nothing is said about payments');
    expect(paragraphs(null)).not.toContain('holds no payment');
  });
});
