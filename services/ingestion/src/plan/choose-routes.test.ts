import type { SyncResource } from '@recoup/contracts';
import { describe, expect, it } from 'vitest';
import { operations, type OperationName } from '../amazon/operations.js';
import type { BucketLevels } from '../limits/bucket-levels.js';
import { sourcesOf } from '../sources/registry.js';
import type { Source } from '../sources/source.js';
import { chooseRoutes, type RoutePlan, type Routing } from './choose-routes.js';
import { DAY_MS, dayOf } from './interval.js';
import type { PlanInput } from './plan-windows.js';

const asOf = new Date('2026-11-21T10:30:00Z');
const full = Object.fromEntries(
  Object.entries(operations).map(([name, { rate, burst }]) => [name, { rate, tokens: burst }]),
) as Record<OperationName, { rate: number; tokens: number }> satisfies BucketLevels;

const demandOfReport = () => ({ createReport: 1, getReport: 1, getReportDocument: 1 });
/** A route that only the plan sees: what it reads does not matter here. */
const route = (
  resource: SyncResource,
  name: string,
  rest: Pick<Source, 'family' | 'demand'>,
): Source => ({
  resource,
  route: name,
  counts: 'order',
  concurrency: 1,
  read: () => Promise.reject(new Error('not read here')),
  ...rest,
});
const pagesOfOrders = route('orders', 'pages', {
  family: 'api',
  demand: ({ calls }) => ({ searchOrders: calls }),
});
const reportsOfOrders = route('orders', 'reports', { family: 'reports', demand: demandOfReport });
const otherReports = sourcesOf('api').filter(({ resource }) =>
  ['ledger', 'reimbursements'].includes(resource),
);

function choose(perDay: number | null, routing: Partial<Routing> = {}): RoutePlan {
  const days = Array.from({ length: 366 }, (_, n) => dayOf(new Date(asOf.getTime() - n * DAY_MS)));
  const input: PlanInput = {
    sources: [],
    asOf,
    covered: { of: () => [], ordersFollowedSince: null },
    ordersPerDay: perDay === null ? null : new Map(days.map((day) => [day, perDay])),
    knownInventory: 0,
    marketplaceIds: ['ATVPDKIKX0DER'],
  };
  return chooseRoutes(input, {
    candidates: [pagesOfOrders, reportsOfOrders, ...otherReports],
    levels: full,
    reportSeconds: 60,
    ...routing,
  });
}
const orderRoute = ({ sources }: RoutePlan): string | undefined =>
  sources.find(({ resource }) => resource === 'orders')?.route;

describe('chooseRoutes', () => {
  it('given orders that fit the burst of their pages, then the reports are left to what has no other route', () => {
    expect(orderRoute(choose(5))).toBe('pages');
  });

  it('given 50,000 orders, then a day of pages is not waited for', () => {
    const chosen = choose(137);
    expect(orderRoute(chosen)).toBe('reports');
    const pages = choose(137, { candidates: [pagesOfOrders, ...otherReports] });
    expect(pages.seconds / 3600).toBeGreaterThan(23);
    expect(chosen.seconds).toBeLessThan(pages.seconds / 20);
  });

  it('given a bucket of pages that another sync emptied, then the reports are faster', () => {
    const levels = { ...full, searchOrders: { rate: operations.searchOrders.rate, tokens: 0 } };
    expect(orderRoute(choose(5, { levels }))).toBe('reports');
  });

  it('given nobody says how many orders there are, then they are not taken for few', () => {
    expect(orderRoute(choose(null))).toBe('reports');
  });

  it('given equally fast routes, then the one whose data come first', () => {
    const quick = { ...full, searchOrders: { rate: 100, tokens: 100 } };
    const plenty = { rate: 100, tokens: 100 };
    const levels = { ...quick, createReport: plenty, getReportDocument: plenty };
    expect(orderRoute(choose(5, { levels, reportSeconds: 0 }))).toBe('pages');
  });

  it('then every window is read by the source of its route', () => {
    const { windows, sources } = choose(137);
    const routes = new Set(sources.map((source) => `${source.resource} ${source.route}`));
    expect(new Set(windows.map((window) => `${window.resource} ${window.route}`))).toEqual(routes);
    const days = (window: { from: Date; to: Date }): number =>
      (window.to.getTime() - window.from.getTime()) / DAY_MS;
    const orders = windows.filter(({ resource }) => resource === 'orders');
    expect(orders).toHaveLength(13);
    expect(Math.max(...orders.map(days))).toBeLessThanOrEqual(30);
  });
});

describe('the order of work', () => {
  it('given several resources that wait for reports, then what can still be claimed comes first, losses before orders', () => {
    const windows = choose(137).windows;
    const recent = windows.filter(({ to }) => asOf.getTime() - to.getTime() < 120 * DAY_MS);
    expect(recent).toEqual(windows.slice(0, recent.length));
    const resources = [...new Set(recent.map(({ resource }) => resource))];
    expect(resources).toEqual(['reimbursements', 'ledger', 'orders']);
    expect(windows.map(({ nth }) => nth)).toEqual(windows.map((_, at) => at * 1024));
  });
});
