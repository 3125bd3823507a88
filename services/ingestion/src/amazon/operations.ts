interface Operation {
  readonly method: 'GET' | 'POST';
  /** `{name}` is filled from the call. */
  readonly path: string;
  /** Published default of a (seller, application) pair: calls a second. */
  readonly rate: number;
  /** Published default: calls that may go at once after a rest. */
  readonly burst: number;
}

/**
 * The operations this service calls, with the limits of Amazon's own models (usage plans, default values). They are
 * where a bucket starts; the header of Amazon's answers corrects the rate afterwards.
 */
export const operations = {
  getMarketplaceParticipations: {
    method: 'GET',
    path: '/sellers/v1/marketplaceParticipations',
    rate: 0.016,
    burst: 15,
  },
  getOrderMetrics: { method: 'GET', path: '/sales/v1/orderMetrics', rate: 0.5, burst: 15 },
  getOrders: { method: 'GET', path: '/orders/v0/orders', rate: 0.0167, burst: 20 },
  getOrderItems: {
    method: 'GET',
    path: '/orders/v0/orders/{orderId}/orderItems',
    rate: 0.5,
    burst: 30,
  },
  searchOrders: { method: 'GET', path: '/orders/2026-01-01/orders', rate: 0.0056, burst: 20 },
  getInventorySummaries: { method: 'GET', path: '/fba/inventory/v1/summaries', rate: 2, burst: 2 },
  listTransactions: {
    method: 'GET',
    path: '/finances/2024-06-19/transactions',
    rate: 0.5,
    burst: 10,
  },
  listFinancialEvents: {
    method: 'GET',
    path: '/finances/v0/financialEvents',
    rate: 0.5,
    burst: 30,
  },
  getMyFeesEstimates: {
    method: 'POST',
    path: '/products/fees/v0/feesEstimate',
    rate: 0.5,
    burst: 1,
  },
  getShipments: { method: 'GET', path: '/fba/inbound/v0/shipments', rate: 2, burst: 30 },
  getShipmentItems: { method: 'GET', path: '/fba/inbound/v0/shipmentItems', rate: 2, burst: 30 },
  getShipmentItemsByShipmentId: {
    method: 'GET',
    path: '/fba/inbound/v0/shipments/{shipmentId}/items',
    rate: 2,
    burst: 30,
  },
  createReport: { method: 'POST', path: '/reports/2021-06-30/reports', rate: 0.0167, burst: 15 },
  getReports: { method: 'GET', path: '/reports/2021-06-30/reports', rate: 0.0222, burst: 10 },
  getReport: { method: 'GET', path: '/reports/2021-06-30/reports/{reportId}', rate: 2, burst: 15 },
  getReportDocument: {
    method: 'GET',
    path: '/reports/2021-06-30/documents/{reportDocumentId}',
    rate: 0.0167,
    burst: 15,
  },
  createRestrictedDataToken: {
    method: 'POST',
    path: '/tokens/2021-03-01/restrictedDataToken',
    rate: 1,
    burst: 10,
  },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
