import type { SyncResource } from '@recoup/contracts';
import { FEES_PER_CALL } from '../amazon/fees.js';
import { SUMMARIES_PER_PAGE } from '../amazon/inventory.js';
import { ORDERS_PER_PAGE } from '../amazon/orders.js';
import type { Basis, Source, SyncWindow } from '../sources/source.js';
import { dayWindows } from './day-windows.js';
import { dayOf, DAY_MS, startOfDay, stillToFetch, subtract, type Interval } from './interval.js';
import { beginningOf, LOOK_BACK_MS } from './look-back.js';
import { isWholeMonth, monthWindows } from './month-windows.js';
import { packOrders, type OrdersPerDay, type PackedWindow } from './pack-orders.js';
import { inOrderOfWork } from './work-order.js';
import { CALLS_PER_REPORT, policies, type ResourcePolicy } from './resource-policies.js';

/** What earlier syncs of the tenant have closed. */
export interface Covered {
  /** By resource, basis and scope. */
  readonly of: (resource: SyncResource, basis: Basis, scope: string) => readonly Interval[];
  /** End of the first sync that closed a window of orders: from then on changes are followed. */
  readonly ordersFollowedSince: Date | null;
}

export interface PlanInput {
  /** What is read, each resource by one route. */
  readonly sources: readonly Source[];
  readonly asOf: Date;
  readonly marketplaceIds: readonly string[];
  readonly covered: Covered;
  /** Null where Amazon does not tell this seller's application. */
  readonly ordersPerDay: OrdersPerDay | null;
  /** Inventory rows known from before; 0 for a first sync. */
  readonly knownInventory: number;
}

/** Numbers left between two windows, for the halves of one that turns out too large. */
const SPACING = 1024;

export type PlannedWindow = Omit<SyncWindow, 'reportId' | 'reportAsks'>;

/** Amazon makes reports of all orders for thirty days at most. */
const ORDER_REPORT_DAYS = 30;
/** Without order counts: windows of a week, each at least one call. */
const UNCOUNTED_DAYS = 7;
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
  const lookBack = startOfDay(new Date(since.getTime() - LOOK_BACK_MS));
  // What was read before the twelve months is not remembered for ever, and not asked for.
  const followed = { from: lookBack > from ? lookBack : from, to: asOf };
  return {
    // Holes of a failed first sync. No look-back: what changed since is read by change.
    created: since > from ? subtract({ from, to: since }, covered.of('orders', 'created', '')) : [],
    updated: stillToFetch(followed, covered.of('orders', 'updated', ''), LOOK_BACK_MS),
  };
}

/** All windows of a sync in the order of work, those of a resource newest first. */
export function planWindows(input: PlanInput): PlannedWindow[] {
  const windows = input.sources.flatMap((source) => windowsOf(source, input));
  return inOrderOfWork(windows, input.asOf).map((window, at) => ({ ...window, nth: at * SPACING }));
}

function windowsOf(
  { resource, route, family }: Source,
  input: PlanInput,
): Omit<PlannedWindow, 'nth'>[] {
  const as = (basis: Basis, scope: string) => (window: PackedWindow) => ({
    resource,
    route,
    basis,
    scope,
    ...window,
  });
  if (resource === 'orders') {
    const { created, updated } = orderGaps(input);
    return [
      ...orderWindows(family, created, input).map(as('created', '')),
      ...orderWindows(family, updated, input).map(as('updated', '')),
    ];
  }
  const policy = policies[resource];
  const scopes = policy.perMarketplace ? input.marketplaceIds : [''];
  return scopes.flatMap((scope) =>
    cut(resource, { policy, scope, input }).map(as(policy.basis, scope)),
  );
}

interface Cut {
  readonly policy: ResourcePolicy;
  readonly scope: string;
  readonly input: PlanInput;
}

/** What of a resource is still to be read, newest first. */
function cut(resource: SyncResource, { policy, scope, input }: Cut): PackedWindow[] {
  const { asOf, covered } = input;
  if (policy.basis === 'snapshot') {
    return [
      { from: asOf, to: asOf, calls: snapshotCalls(resource, policy, input), expected: null },
    ];
  }
  const range = { from: beginningOf(asOf), to: asOf };
  const closed = covered.of(resource, policy.basis, scope);
  return stillToFetch(range, closed, policy.lookBackMs)
    .reverse()
    .flatMap((gap) => (policy.byMonth ? monthWindows(gap) : dayWindows(gap, policy.windowDays)))
    .flatMap((window) =>
      shortEnough(window, policy, (part) => callsOf(resource, { policy, window: part, input })),
    )
    .map((window) => ({ ...window, expected: null }));
}

/** A window with its calls; several where one would take too many. */
function shortEnough(
  window: Interval,
  { mostCalls = Infinity }: ResourcePolicy,
  callsIn: (part: Interval) => number,
): (Interval & { readonly calls: number })[] {
  const calls = callsIn(window);
  if (calls <= mostCalls) return [{ ...window, calls }];
  const days = ((window.to.getTime() - window.from.getTime()) / DAY_MS) * (mostCalls / calls);
  const parts = dayWindows(window, Math.max(1, Math.floor(days)));
  return parts.map((part) => ({ ...part, calls: callsIn(part) }));
}

function callsOf(
  resource: SyncResource,
  { policy, window, input }: { policy: ResourcePolicy; window: Interval; input: PlanInput },
): number {
  if (policy.byMonth && !isWholeMonth(window)) return 0;
  return resource === 'transactions' ? transactionCalls(window, input.ordersPerDay) : policy.calls;
}

/** Snapshots that take more calls the more products there are. */
const PRODUCTS_PER_CALL: Readonly<Partial<Record<SyncResource, number>>> = {
  inventory: SUMMARIES_PER_PAGE,
  feeEstimates: FEES_PER_CALL,
};

function snapshotCalls(
  resource: SyncResource,
  { calls }: ResourcePolicy,
  { knownInventory, marketplaceIds }: PlanInput,
): number {
  const perCall = PRODUCTS_PER_CALL[resource];
  if (perCall === undefined) return calls;
  const rows = knownInventory / Math.max(1, marketplaceIds.length);
  return Math.max(1, Math.ceil(rows / perCall));
}

/** Windows of orders: a month each by report, well-filled pages where they are counted, else weeks. */
function orderWindows(
  family: Source['family'],
  gaps: readonly Interval[],
  { ordersPerDay }: PlanInput,
): PackedWindow[] {
  const cutBy = (days: number, calls: number) => (gap: Interval) =>
    dayWindows(gap, days).map((window) => ({
      ...window,
      calls,
      expected: ordersPerDay && ordersIn(window, ordersPerDay),
    }));
  const cutGap =
    family === 'reports'
      ? cutBy(ORDER_REPORT_DAYS, CALLS_PER_REPORT)
      : ordersPerDay
        ? (gap: Interval) => packOrders(gap, ordersPerDay, ORDERS_PER_PAGE)
        : cutBy(UNCOUNTED_DAYS, 1);
  return [...gaps].reverse().flatMap(cutGap);
}

function ordersIn({ from, to }: Interval, perDay: OrdersPerDay): number {
  let orders = 0;
  for (let at = startOfDay(from).getTime(); at < to.getTime(); at += DAY_MS) {
    orders += perDay.get(dayOf(new Date(at))) ?? 0;
  }
  return orders;
}

function transactionCalls(window: Interval, perDay: OrdersPerDay | null): number {
  const orders = perDay ? ordersIn(window, perDay) : 0;
  return Math.max(1, Math.ceil((orders * TRANSACTIONS_PER_ORDER) / TRANSACTIONS_PER_PAGE));
}
