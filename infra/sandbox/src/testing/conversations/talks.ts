import type { OperationName } from '../../wire/rates.js';
import type { Talk } from './conversation.js';
import { getMyFeesEstimates } from './fees.js';
import { listFinancialEvents } from './financial-events.js';
import { listTransactions } from './finances.js';
import { getShipmentItems, getShipmentItemsByShipmentId, getShipments } from './inbound.js';
import { getOrderItems, getOrders, searchOrders } from './orders.js';
import { cancelReport, createReport, getReport, getReportDocument, getReports } from './reports.js';
import { createRestrictedDataToken } from './restricted-data.js';
import {
  getInventorySummaries,
  getMarketplaceParticipations,
  getOrderMetrics,
} from './stock-and-sales.js';

/** What is asked of each operation to see that it answers like Amazon. One that is missing here fails its test. */
export const TALKS: Readonly<Partial<Record<OperationName, Talk>>> = {
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
};
