import { feesRequest } from '../amazon/fees.js';
import type { OperationName } from '../amazon/operations.js';
import type { ApiCall } from '../amazon/send.js';
import { DAY_MS } from '../plan/interval.js';
import type { Role } from './role.js';

/** What a call can be about. */
export interface ProbeContext {
  readonly now: Date;
  /** A marketplace that the seller takes part in; null when that could not be learned. */
  readonly marketplaceId: string | null;
  /** A report that was asked for by this check, and its document; null where there is none. */
  readonly reportId: string | null;
  readonly reportDocumentId: string | null;
}

type Asked = Omit<ApiCall, 'operation'>;

/** One harmless call of an operation. */
export interface Probe {
  /** Any one of them is enough. developer-docs.amazon.com/sp-api/docs/role-mappings and the operations' own guides. */
  readonly roles: readonly Role[];
  /** Changes something at Amazon, and is made only when it was asked for. */
  readonly writes?: true;
  /** Why it is not tried at all. */
  readonly untried?: string;
  /** A call of the seller's own account; null when it cannot be made without a marketplace. */
  readonly live: (context: ProbeContext) => Asked | null;
  /** What Amazon's static sandbox answers, from the static cases of the models; absent where it is dynamic there. */
  readonly canned?: Asked;
}

/** Nothing of this name exists: Amazon says so, or refuses. */
const NO_SUCH = 'recoup-check';
const NO_SUCH_ORDER = '000-0000000-0000000';
/** Whatever the marketplace's currency is: Amazon refuses a product that nobody lists all the same. */
const ANY_PRICE = { amount: '10', currency: 'USD' };

const inventoryOf = (marketplaceId: string): Asked => ({
  query: {
    granularityType: 'Marketplace',
    granularityId: marketplaceId,
    marketplaceIds: [marketplaceId],
  },
});

const daysBefore = (now: Date, days: number): string =>
  new Date(now.getTime() - days * DAY_MS).toISOString();

const inboundOf = (now: Date, MarketplaceId: string | null): Asked | null =>
  MarketplaceId === null
    ? null
    : {
        query: {
          MarketplaceId,
          QueryType: 'DATE_RANGE',
          LastUpdatedAfter: daysBefore(now, 1),
          LastUpdatedBefore: now.toISOString(),
        },
      };

const ORDERS: readonly Role[] = [
  'Inventory and Order Tracking',
  'Amazon Fulfillment',
  'Finance and Accounting',
];
const FBA_REPORTS: readonly Role[] = ['Amazon Fulfillment'];

const nothing = (CurrencyCode: string) => ({ CurrencyCode, Amount: 0 });
const ten = (CurrencyCode: string) => ({
  ListingPrice: { CurrencyCode, Amount: 10 },
  Shipping: { CurrencyCode, Amount: 10 },
  Points: { PointsNumber: 0, PointsMonetaryValue: nothing(CurrencyCode) },
});
const CANNED_FEES = [
  {
    FeesEstimateRequest: {
      MarketplaceId: 'ATVPDKIKX0DER',
      IsAmazonFulfilled: false,
      PriceToEstimateFees: ten('USD'),
      Identifier: 'UmaS1',
    },
    IdType: 'ASIN',
    IdValue: 'asin123',
  },
  {
    FeesEstimateRequest: {
      MarketplaceId: 'A1AM78C64UM0Y8',
      IsAmazonFulfilled: true,
      PriceToEstimateFees: ten('MXN'),
      Identifier: 'UmaS2',
    },
    IdType: 'SellerSKU',
    IdValue: 'sku123',
  },
];

/** How each operation of the client is tried. */
export const probes: Readonly<Record<OperationName, Probe>> = {
  getMarketplaceParticipations: {
    roles: ['Product Listing', 'Selling Partner Insights'],
    live: () => ({}),
    canned: {},
  },
  getOrderMetrics: {
    roles: ['Inventory and Order Tracking', 'Product Listing'],
    live: ({ now, marketplaceId }) =>
      marketplaceId === null ? null : { query: metricsQuery(now, marketplaceId) },
    canned: {
      query: {
        marketplaceIds: ['ATVPDKIKX0DER'],
        interval: '2018-05-01T00:00-07:00--2018-05-03T00:00-07:00',
        granularity: 'Total',
      },
    },
  },
  searchOrders: {
    roles: ORDERS,
    live: ({ now, marketplaceId }) => ({
      query: {
        createdAfter: daysBefore(now, 1),
        marketplaceIds: marketplaceId === null ? undefined : [marketplaceId],
        maxResultsPerPage: 1,
      },
    }),
    canned: {
      query: {
        createdAfter: '2024-12-20T00:00:00Z',
        marketplaceIds: ['A2Q3Y263D00KWC'],
        includedData: ['BUYER', 'RECIPIENT', 'PROCEEDS', 'FULFILLMENT', 'TAX', 'PAYMENT'],
      },
    },
  },
  getOrders: {
    roles: ORDERS,
    live: ({ now, marketplaceId }) =>
      marketplaceId === null
        ? null
        : {
            query: {
              CreatedAfter: daysBefore(now, 1),
              MarketplaceIds: [marketplaceId],
              MaxResultsPerPage: 1,
            },
          },
    canned: { query: { CreatedAfter: 'TEST_CASE_200', MarketplaceIds: ['ATVPDKIKX0DER'] } },
  },
  getOrderItems: {
    roles: ORDERS,
    live: () => ({ path: { orderId: NO_SUCH_ORDER } }),
    canned: { path: { orderId: 'TEST_CASE_200' } },
  },
  getInventorySummaries: {
    roles: ['Product Listing'],
    live: ({ marketplaceId }) => (marketplaceId === null ? null : inventoryOf(marketplaceId)),
  },
  listTransactions: {
    roles: ['Finance and Accounting'],
    live: ({ now }) => ({ query: { postedAfter: daysBefore(now, 3) } }),
    canned: { query: { postedAfter: '2023-03-07', nextToken: 'jehgri34yo7jr9e8f984tr9i4o' } },
  },
  listFinancialEvents: {
    roles: ['Finance and Accounting'],
    live: ({ now }) => ({ query: { PostedAfter: daysBefore(now, 3), MaxResultsPerPage: 1 } }),
    canned: { query: { MaxResultsPerPage: 10, NextToken: 'jehgri34yo7jr9e8f984tr9i4o' } },
  },
  getMyFeesEstimates: {
    roles: ['Pricing'],
    live: ({ marketplaceId }) =>
      marketplaceId === null
        ? null
        : { body: [feesRequest({ marketplaceId, sku: NO_SUCH, price: ANY_PRICE })] },
    canned: { body: CANNED_FEES },
  },
  getShipments: {
    roles: FBA_REPORTS,
    live: ({ now, marketplaceId }) => inboundOf(now, marketplaceId),
    canned: { query: { MarketplaceId: 'ATVPDKIKX0DER', QueryType: 'SHIPMENT' } },
  },
  getShipmentItems: {
    roles: FBA_REPORTS,
    live: ({ now, marketplaceId }) => inboundOf(now, marketplaceId),
    canned: {
      query: { MarketplaceId: 'ATVPDKIKX0DER', QueryType: 'SHIPMENT', NextToken: 'NextToken' },
    },
  },
  getShipmentItemsByShipmentId: {
    roles: FBA_REPORTS,
    live: () => ({ path: { shipmentId: NO_SUCH } }),
    canned: {
      path: { shipmentId: 'FBA15DJ9SVVD' },
      query: { MarketplaceId: 'ATVPDKIKX0DER' },
    },
  },
  createReport: {
    roles: FBA_REPORTS,
    writes: true,
    live: ({ now, marketplaceId }) =>
      marketplaceId === null ? null : { body: reportBody(now, marketplaceId) },
    canned: {
      body: {
        reportType: 'GET_MERCHANT_LISTINGS_ALL_DATA',
        dataStartTime: '2024-03-10T20:11:24.000Z',
        marketplaceIds: ['A1PA6795UKMFR9', 'ATVPDKIKX0DER'],
      },
    },
  },
  getReports: {
    roles: FBA_REPORTS,
    live: () => ({ query: { reportTypes: ['GET_FBA_REIMBURSEMENTS_DATA'], pageSize: 1 } }),
    canned: {
      query: {
        reportTypes: ['FEE_DISCOUNTS_REPORT', 'GET_AFN_INVENTORY_DATA'],
        processingStatuses: ['IN_QUEUE', 'IN_PROGRESS'],
      },
    },
  },
  getReport: {
    roles: FBA_REPORTS,
    live: ({ reportId }) => ({ path: { reportId: reportId ?? NO_SUCH } }),
    canned: { path: { reportId: 'ID323' } },
  },
  getReportDocument: {
    roles: FBA_REPORTS,
    live: ({ reportDocumentId }) => ({ path: { reportDocumentId: reportDocumentId ?? NO_SUCH } }),
    canned: { path: { reportDocumentId: '0356cf79-b8b0-4226-b4b9-0ee058ea5760' } },
  },
  createRestrictedDataToken: {
    roles: [],
    untried: 'it opens buyer data of Orders v0, which no claim needs (SYNC_BUYER_INFO)',
    live: () => null,
  },
};

/** The last whole week, by days, as a sync asks for it. */
function metricsQuery(now: Date, marketplaceId: string): NonNullable<Asked['query']> {
  const midnight = new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
  return {
    marketplaceIds: [marketplaceId],
    interval: `${daysBefore(midnight, 7)}--${midnight.toISOString()}`,
    granularity: 'Day',
    granularityTimeZone: 'UTC',
  };
}

function reportBody(now: Date, marketplaceId: string): unknown {
  return {
    reportType: 'GET_FBA_REIMBURSEMENTS_DATA',
    marketplaceIds: [marketplaceId],
    dataStartTime: daysBefore(now, 90),
    dataEndTime: daysBefore(now, 1),
  };
}
