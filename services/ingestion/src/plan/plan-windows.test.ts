import type { SyncResource } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { sourcesOf } from '../sources/registry.js';
import { REPORT_DAYS } from './resource-policies.js';
import { DAY_MS, dayOf, startOfDay } from './interval.js';
import {
  orderGaps,
  planWindows,
  type Covered,
  type PlanInput,
  type PlannedWindow,
} from './plan-windows.js';
import { totalOrders } from './totals.js';

const asOf = new Date('2026-11-21T10:30:00Z');
const NOTHING: Covered = { of: () => [], ordersFollowedSince: null };

/** Seven orders a day over the year before. */
const ordersPerDay = new Map(
  Array.from({ length: 366 }, (_, n) => [dayOf(new Date(asOf.getTime() - n * DAY_MS)), 7]),
);
const first: PlanInput = {
  sources: sourcesOf('api'),
  asOf,
  covered: NOTHING,
  ordersPerDay,
  knownInventory: 0,
  marketplaceIds: ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'],
};
const of = (windows: readonly PlannedWindow[], resource: SyncResource): PlannedWindow[] =>
  windows.filter((window) => window.resource === resource);

describe('planWindows for a first sync', () => {
  const windows = planWindows(first);

  it.each(['orders', 'transactions', 'ledger', 'reimbursements'] as const)(
    'then the windows of %s run from now back over twelve months without a hole',
    (resource) => {
      const own = of(windows, resource);
      expect(own[0]?.to).toEqual(asOf);
      own.slice(1).forEach((window, n) => expect(window.to).toEqual(own[n]?.from));
      expect(own.at(-1)?.from).toEqual(new Date('2025-11-21T00:00:00Z'));
    },
  );

  it('then no window of transactions comes near 180 days, and report windows begin on midnights', () => {
    const days = (window: PlannedWindow): number =>
      (window.to.getTime() - window.from.getTime()) / DAY_MS;
    expect(Math.max(...of(windows, 'transactions').map(days))).toBeLessThanOrEqual(30);
    expect(Math.max(...of(windows, 'ledger').map(days))).toBeLessThanOrEqual(REPORT_DAYS);
    for (const { from } of [...of(windows, 'ledger'), ...of(windows, 'reimbursements')]) {
      expect(from).toEqual(startOfDay(from));
    }
  });

  it('given a seller of thousands a day, then a window of transactions is a few minutes of calls, and none is missing', () => {
    const many = new Map([...ordersPerDay.keys()].map((day) => [day, 3000]));
    const own = of(planWindows({ ...first, ordersPerDay: many }), 'transactions');
    expect(Math.max(...own.map(({ calls }) => calls))).toBeLessThanOrEqual(100);
    expect(own.length).toBeLessThan(366);
    own.slice(1).forEach((window, n) => expect(window.to).toEqual(own[n]?.from));
    const huge = new Map([...ordersPerDay.keys()].map((day) => [day, 20_000]));
    expect(of(planWindows({ ...first, ordersPerDay: huge }), 'transactions')).toHaveLength(366);
  });

  it('then inventory is one snapshot a marketplace', () => {
    expect(of(windows, 'inventory').map(({ scope }) => scope)).toEqual(first.marketplaceIds);
  });

  it('then the total is what Amazon counts', () => {
    expect(totalOrders(orderGaps(first), ordersPerDay)).toBe(366 * 7);
  });

  it('given no counts, then orders are still planned, without a total', () => {
    const uncounted = { ...first, ordersPerDay: null };
    expect(of(planWindows(uncounted), 'orders').length).toBe(53);
    expect(totalOrders(orderGaps(uncounted), null)).toBeNull();
  });
});

describe('planWindows for a later sync', () => {
  const dayBefore = new Date('2026-11-20T09:00:00Z');
  const done = { from: new Date('2025-11-20T00:00:00Z'), to: dayBefore };
  const covered: Covered = {
    of: (_, basis) => (basis === 'updated' ? [] : [done]),
    ordersFollowedSince: dayBefore,
  };

  it('given all was read, then only the look-back of three days is read, orders by their changes', () => {
    const windows = planWindows({ ...first, covered });
    const begin = new Date('2026-11-17T00:00:00Z');
    for (const resource of ['orders', 'transactions'] as const) {
      expect(of(windows, resource).at(-1)?.from).toEqual(begin);
    }
    expect(new Set(of(windows, 'orders').map(({ basis }) => basis))).toEqual(new Set(['updated']));
  });

  it('given all was read, then the ledger is read again for as long as a loss in it can be claimed', () => {
    const windows = of(planWindows({ ...first, covered }), 'ledger');
    expect(windows.at(-1)?.from).toEqual(new Date('2026-09-16T00:00:00Z'));
    expect(windows.every(({ from }) => from.getTime() % 86_400_000 === 0)).toBe(true);
  });

  it('given all was read, then payments that appear weeks after their approval are still found, by one report', () => {
    const windows = of(planWindows({ ...first, covered }), 'reimbursements');
    expect(windows.map(({ from }) => from)).toEqual([new Date('2026-10-16T00:00:00Z')]);
  });

  it('given months of storage were read, then the last two that Amazon has published are read again, each whole', () => {
    const published = { from: done.from, to: new Date('2026-11-01T00:00:00Z') };
    const windows = of(
      planWindows({ ...first, covered: { ...covered, of: () => [published] } }),
      'storageFees',
    );
    expect(windows.map(({ from, calls }) => [dayOf(from), calls > 0])).toEqual([
      ['2026-11-01', false],
      ['2026-10-01', true],
      ['2026-09-01', true],
    ]);
  });

  it('given a seller of years, then what its forgotten syncs have read is not read again', () => {
    const kept = { from: new Date('2025-10-17T00:00:00Z'), to: dayBefore };
    const windows = of(
      planWindows({
        ...first,
        covered: { of: () => [kept], ordersFollowedSince: new Date('2023-01-05T09:00:00Z') },
      }),
      'orders',
    );
    expect(windows.map(({ basis, from }) => [basis, dayOf(from)])).toEqual([
      ['updated', '2026-11-17'],
    ]);
  });

  it('given the first sync broke off, then its hole is read by creation as well', () => {
    const half = { from: new Date('2026-06-01T00:00:00Z'), to: dayBefore };
    const windows = of(
      planWindows({ ...first, covered: { ...covered, of: () => [half] } }),
      'orders',
    );
    const created = windows.filter(({ basis }) => basis === 'created');
    expect(created[0]?.to).toEqual(half.from);
    expect(created.at(-1)?.from).toEqual(new Date('2025-11-21T00:00:00Z'));
  });
});
