import type { SyncResource } from '@recoup/contracts';
import { SUMMARIES_PER_PAGE } from '../amazon/inventory.js';
import { ORDERS_PER_PAGE } from '../amazon/orders.js';
import type { Basis, SyncWindow } from '../sources/source.js';
import { dayWindows } from './day-windows.js';
import { dayOf, DAY_MS, startOfDay, stillToFetch, subtract, type Interval } from './interval.js';
import { beginningOf, LEDGER_LOOK_BACK_MS, LOOK_BACK_MS } from './look-back.js';
import { packOrders, type OrdersPerDay, type PackedWindow } from './pack-orders.js';

/** What earlier syncs of the tenant have closed, by resource and basis. */
export interface Covered {
  readonly orders: readonly Interval[];
  readonly updatedOrders: readonly Interval[];
  readonly transactions: readonly Interval[];
  readonly ledger: readonly Interval[];
  readonly reimbursements: readonly Interval[];
  /** End of the first sync that closed a window of orders: from then on changes are followed. */
  readonly ordersFollowedSince: Date | null;
}

export interface PlanInput {
  readonly asOf: Date;
  readonly marketplaceIds: readonly string[];
  readonly covered: Covered;
  /** Null where Amazon does not tell this seller's application. */
  readonly ordersPerDay: OrdersPerDay | null;
  /** Inventory rows known from before; 0 for a first sync. */
  readonly knownInventory: number;
}

export type PlannedWindow = Omit<SyncWindow, 'reportId' | 'reportAsks'>;

/** Windows of listTransactions: far below 180 days, beyond which Amazon silently answers nothing. */
const TRANSACTION_DAYS = 30;
const LEDGER_DAYS = 31;
const REIMBURSEMENT_DAYS = 92;
/** Without order counts: windows of a week, each at least one call. */
const UNCOUNTED_DAYS = 7;
/** Create, poll, fetch. */
const CALLS_PER_REPORT = 3;
/** Transactions an order brings, and their number a page: observed by others, used for forecasts only. */
const TRANSACTIONS_PER_ORDER = 1.3;
const TRANSACTIONS_PER_PAGE = 100;

/** The parts of the orders' time that a sync still has to read: by creation, then by change. */
export function orderGaps({ asOf, covered }: PlanInput): {
  readonly created: readonly Interval[];
  readonly updated: readonly Interval[];
} {
  const from = beginningOf(asOf);
  const since = covered.ordersFollowedSince;
  if (!since) return { created: [{ from, to: asOf }], updated: [] };
  const followed = { from: startOfDay(new Date(since.getTime() - LOOK_BACK_MS)), to: asOf };
  return {
    // Holes of a failed first sync. No look-back: what changed since is read by change.
    created: since > from ? subtract({ from, to: since }, covered.orders) : [],
    updated: stillToFetch(followed, covered.updatedOrders, LOOK_BACK_MS),
  };
}

interface Cut {
  readonly days: number;
  readonly calls: number;
  readonly lookBackMs?: number;
}

/** All windows of a sync in the order of work: newest first within each resource. */
export function planWindows(input: PlanInput): PlannedWindow[] {
  const { asOf, covered } = input;
  const range = { from: beginningOf(asOf), to: asOf };
  const cut = (
    closed: readonly Interval[],
    { days, calls, lookBackMs = LOOK_BACK_MS }: Cut,
  ): PackedWindow[] =>
    stillToFetch(range, closed, lookBackMs)
      .reverse()
      .flatMap((gap) => dayWindows(gap, days).map((window) => ({ ...window, calls })));

  const { created, updated } = orderGaps(input);
  const transactions = cut(covered.transactions, { days: TRANSACTION_DAYS, calls: 1 }).map(
    (window) => ({
      ...window,
      calls: transactionCalls(window, input.ordersPerDay),
    }),
  );
  const ledger = cut(covered.ledger, {
    days: LEDGER_DAYS,
    calls: CALLS_PER_REPORT,
    lookBackMs: LEDGER_LOOK_BACK_MS,
  });
  const payments = cut(covered.reimbursements, {
    days: REIMBURSEMENT_DAYS,
    calls: CALLS_PER_REPORT,
  });
  const stock = input.marketplaceIds.map((scope) => ({ ...snapshot(input), scope }));
  return [
    ...windowsOf('orders', 'created', orderWindows(created, input)),
    ...windowsOf('orders', 'updated', orderWindows(updated, input)),
    ...windowsOf('inventory', 'snapshot', stock),
    ...windowsOf('transactions', 'posted', transactions),
    ...windowsOf('ledger', 'day', ledger),
    ...windowsOf('reimbursements', 'day', payments),
  ].map((window, nth) => ({ ...window, nth }));
}

function windowsOf(
  resource: SyncResource,
  basis: Basis,
  windows: readonly (PackedWindow & { readonly scope?: string })[],
): Omit<PlannedWindow, 'nth'>[] {
  return windows.map((window) => ({ resource, basis, scope: '', ...window }));
}

function orderWindows(gaps: readonly Interval[], { ordersPerDay }: PlanInput): PackedWindow[] {
  return [...gaps]
    .reverse()
    .flatMap((gap) =>
      ordersPerDay
        ? packOrders(gap, ordersPerDay, ORDERS_PER_PAGE)
        : dayWindows(gap, UNCOUNTED_DAYS).map((window) => ({ ...window, calls: 1 })),
    );
}

function snapshot({ asOf, knownInventory, marketplaceIds }: PlanInput): PackedWindow {
  const rows = knownInventory / Math.max(1, marketplaceIds.length);
  return { from: asOf, to: asOf, calls: Math.max(1, Math.ceil(rows / SUMMARIES_PER_PAGE)) };
}

function transactionCalls({ from, to }: Interval, perDay: OrdersPerDay | null): number {
  let orders = 0;
  for (let at = startOfDay(from).getTime(); perDay && at < to.getTime(); at += DAY_MS) {
    orders += perDay.get(dayOf(new Date(at))) ?? 0;
  }
  return Math.max(1, Math.ceil((orders * TRANSACTIONS_PER_ORDER) / TRANSACTIONS_PER_PAGE));
}
