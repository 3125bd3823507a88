import type { Get, Row } from './plain-caller.js';
import type { PlannedWindow } from './plain-loop.js';

/** What is asked for: a window, and the marketplaces of one that names none. */
export interface PlainWindow {
  readonly window: PlannedWindow;
  readonly marketplaceIds: readonly string[];
}

/** The pages of a window that is read by calls. Throws for a route that is not known here. */
export async function* pagesOf(get: Get, asked: PlainWindow): AsyncGenerator<readonly Row[]> {
  const paged = PAGED[asked.window.route.split('-')[0] ?? ''];
  if (!paged) throw new Error(`the plain loop does not know the route ${asked.window.route}`);
  for (const one of paged) {
    let token: string | undefined;
    do {
      const answer = await get(`${one.path}?${one.query(asked, token).toString()}`);
      yield one.rows(answer);
      token = one.token(answer) || undefined;
    } while (token !== undefined);
  }
}

interface Paged {
  readonly path: string;
  query(asked: PlainWindow, token: string | undefined): URLSearchParams;
  rows(answer: Row): readonly Row[];
  token(answer: Row): string | undefined;
}

const given = (values: Record<string, string | undefined>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
const until = ({ to }: PlannedWindow): string => new Date(to.getTime() - 1).toISOString();

const searchOrders: Paged = {
  path: '/orders/2026-01-01/orders',
  query: ({ window, marketplaceIds }, paginationToken) =>
    given({
      [window.basis === 'updated' ? 'lastUpdatedAfter' : 'createdAfter']: window.from.toISOString(),
      [window.basis === 'updated' ? 'lastUpdatedBefore' : 'createdBefore']: until(window),
      marketplaceIds: marketplaceIds.join(','),
      includedData: 'PROCEEDS,FULFILLMENT,CANCELLATION',
      maxResultsPerPage: '100',
      paginationToken,
    }),
  rows: (answer) => answer['orders'] as Row[],
  token: (answer) => (answer['pagination'] as { nextToken?: string } | undefined)?.nextToken,
};

const listTransactions: Paged = {
  path: '/finances/2024-06-19/transactions',
  query: ({ window }, nextToken) =>
    given({
      postedAfter: window.from.toISOString(),
      postedBefore: window.to.toISOString(),
      nextToken,
    }),
  rows: ({ payload }) => (payload as { transactions: Row[] }).transactions,
  token: ({ payload }) => (payload as { nextToken?: string }).nextToken,
};

const getInventorySummaries: Paged = {
  path: '/fba/inventory/v1/summaries',
  query: ({ window: { scope } }, nextToken) =>
    given({
      details: 'true',
      granularityType: 'Marketplace',
      granularityId: scope,
      marketplaceIds: scope,
      nextToken,
    }),
  rows: ({ payload }) => (payload as { inventorySummaries: Row[] }).inventorySummaries,
  token: (answer) => (answer['pagination'] as { nextToken?: string } | undefined)?.nextToken,
};

/** Shipments to Amazon, or what is in them, by when they were changed. */
function inbound(path: string, member: string): Paged {
  return {
    path: `/fba/inbound/v0/${path}`,
    query: ({ window: { scope, from, to } }, NextToken) =>
      given({
        MarketplaceId: scope,
        ...(NextToken === undefined
          ? {
              QueryType: 'DATE_RANGE',
              LastUpdatedAfter: from.toISOString(),
              LastUpdatedBefore: to.toISOString(),
            }
          : { QueryType: 'NEXT_TOKEN', NextToken }),
      }),
    rows: ({ payload }) => (payload as Record<string, Row[]>)[member] ?? [],
    token: ({ payload }) => (payload as { NextToken?: string }).NextToken,
  };
}

/** By the route's name without its version. */
const PAGED: Readonly<Record<string, readonly Paged[]>> = {
  searchOrders: [searchOrders],
  listTransactions: [listTransactions],
  getInventorySummaries: [getInventorySummaries],
  fulfillmentInbound: [inbound('shipments', 'ShipmentData'), inbound('shipmentItems', 'ItemData')],
};
