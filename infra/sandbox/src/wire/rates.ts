/** Requests per second and burst of each operation, from Amazon's models. */
export const RATES = {
  searchOrders: { rate: 0.0056, burst: 20 },
  getOrders: { rate: 0.0167, burst: 20 },
  getOrderItems: { rate: 0.5, burst: 30 },
  getOrderMetrics: { rate: 0.5, burst: 15 },
  getMarketplaceParticipations: { rate: 0.016, burst: 15 },
  getInventorySummaries: { rate: 2, burst: 2 },
  listTransactions: { rate: 0.5, burst: 10 },
  listFinancialEvents: { rate: 0.5, burst: 30 },
  getMyFeesEstimates: { rate: 0.5, burst: 1 },
  getShipments: { rate: 2, burst: 30 },
  getShipmentItems: { rate: 2, burst: 30 },
  getShipmentItemsByShipmentId: { rate: 2, burst: 30 },
  createReport: { rate: 0.0167, burst: 15 },
  getReport: { rate: 2, burst: 15 },
  getReports: { rate: 0.0222, burst: 10 },
  cancelReport: { rate: 0.0222, burst: 10 },
  getReportDocument: { rate: 0.0167, burst: 15 },
  createRestrictedDataToken: { rate: 1, burst: 10 },
} as const;

export type OperationName = keyof typeof RATES;

export const OPERATIONS = Object.keys(RATES) as OperationName[];

/** What all operations share at the static sandbox: developer-docs.amazon.com/sp-api/docs/sp-api-sandbox. */
export const STATIC_SANDBOX = 'staticSandbox';

/** The limits there are: one for each operation, and that of the static sandbox. */
export const PLANS = { ...RATES, [STATIC_SANDBOX]: { rate: 5, burst: 15 } } as const;

export type PlanName = keyof typeof PLANS;
