import type { z } from 'zod';
import { feesEstimatesSchema } from './fees.js';
import { listFinancialEventsSchema } from './finances-v0.js';
import { shipmentItemsSchema, shipmentsSchema } from './inbound.js';
import { inventorySummariesSchema } from './inventory.js';
import type { OperationName } from './operations.js';
import { orderMetricsSchema } from './order-metrics.js';
import { searchOrdersSchema } from './orders.js';
import { getOrderItemsSchema, getOrdersSchema } from './orders-v0.js';
import { participationsSchema } from './participations.js';
import { restrictedDataTokenSchema } from './restricted-tokens.js';
import {
  createdReportSchema,
  listedReportsSchema,
  reportDocumentSchema,
  reportSchema,
} from './reports.js';
import { listTransactionsSchema } from './transactions.js';

/**
 * How the answer of each operation is read: what its own file reads it by. For what goes through all operations, such as
 * trying them or holding them against Amazon's examples.
 */
export const answerSchemas = {
  getMarketplaceParticipations: participationsSchema,
  getOrderMetrics: orderMetricsSchema,
  searchOrders: searchOrdersSchema,
  getOrders: getOrdersSchema,
  getOrderItems: getOrderItemsSchema,
  getInventorySummaries: inventorySummariesSchema,
  listTransactions: listTransactionsSchema,
  listFinancialEvents: listFinancialEventsSchema,
  getMyFeesEstimates: feesEstimatesSchema,
  getShipments: shipmentsSchema,
  getShipmentItems: shipmentItemsSchema,
  getShipmentItemsByShipmentId: shipmentItemsSchema,
  createReport: createdReportSchema,
  getReports: listedReportsSchema,
  getReport: reportSchema,
  getReportDocument: reportDocumentSchema,
  createRestrictedDataToken: restrictedDataTokenSchema,
} as const satisfies Record<OperationName, z.ZodType>;
