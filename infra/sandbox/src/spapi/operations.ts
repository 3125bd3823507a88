import type { Operation } from '../wire/operation.js';
import { getMyFeesEstimates } from './fees-estimate.js';
import {
  getShipmentItems,
  getShipmentItemsByShipmentId,
  getShipments,
} from './inbound-shipments.js';
import { getInventorySummaries } from './inventory-summaries.js';
import { listFinancialEvents } from './list-financial-events.js';
import { listTransactions } from './list-transactions.js';
import { getOrderMetrics } from './order-metrics.js';
import { getOrderItems, getOrders } from './orders-v0.js';
import { getMarketplaceParticipations } from './participations.js';
import { getReportDocument } from './report-document.js';
import { getReports } from './report-list.js';
import { createRestrictedDataToken } from './restricted-data-token.js';
import { cancelReport, createReport, getReport } from './reports.js';
import { searchOrders } from './search-orders.js';

/** Every operation of the Selling Partner API that this sandbox has. */
export const ALL_OPERATIONS: readonly Operation[] = [
  searchOrders,
  getOrders,
  getOrderItems,
  getOrderMetrics,
  getMarketplaceParticipations,
  getInventorySummaries,
  listTransactions,
  listFinancialEvents,
  getMyFeesEstimates,
  getShipments,
  getShipmentItems,
  getShipmentItemsByShipmentId,
  createReport,
  getReport,
  getReports,
  cancelReport,
  getReportDocument,
  createRestrictedDataToken,
];
