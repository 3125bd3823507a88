import { z } from 'zod';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

/** The report types that are asked for. */
export type ReportType =
  | 'GET_LEDGER_DETAIL_VIEW_DATA'
  | 'GET_FBA_STORAGE_FEE_CHARGES_DATA'
  | 'GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA'
  | 'GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA'
  | 'GET_LEDGER_SUMMARY_VIEW_DATA'
  | 'GET_FBA_REIMBURSEMENTS_DATA'
  | 'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA'
  | 'GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA'
  | 'GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA'
  | 'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA'
  | 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL'
  | 'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL';

export interface ReportRequest {
  readonly reportType: ReportType;
  readonly marketplaceIds: readonly string[];
  readonly reportOptions?: Readonly<Record<string, string>> | undefined;
  readonly from: Date;
  readonly to: Date;
}

export const createdReportSchema = z.object({ reportId: z.string().min(1) });

export const reportSchema = z.object({
  processingStatus: z.enum(['IN_QUEUE', 'IN_PROGRESS', 'DONE', 'CANCELLED', 'FATAL']),
  reportDocumentId: z.string().nullish(),
  processingStartTime: z.string().nullish(),
});
export type ReportState = z.infer<typeof reportSchema>;

export const reportDocumentSchema = z.object({
  url: z.url(),
  compressionAlgorithm: z.enum(['GZIP']).nullish(),
});
export type ReportDocument = z.infer<typeof reportDocumentSchema>;

/** Asks for a report and answers its id. */
export async function createReport(
  client: SpApiClient,
  caller: Caller,
  { reportType, marketplaceIds, reportOptions, from, to }: ReportRequest,
): Promise<string> {
  const body = {
    reportType,
    marketplaceIds,
    dataStartTime: from.toISOString(),
    dataEndTime: to.toISOString(),
    reportOptions,
  };
  const answer = await client.call(
    caller,
    { operation: 'createReport', body },
    createdReportSchema,
  );
  return answer.reportId;
}

export function getReport(
  client: SpApiClient,
  caller: Caller,
  reportId: string,
): Promise<ReportState> {
  return client.call(caller, { operation: 'getReport', path: { reportId } }, reportSchema);
}

/** Where a finished report can be fetched. The address is good for five minutes. */
export function getReportDocument(
  client: SpApiClient,
  caller: Caller,
  reportDocumentId: string,
): Promise<ReportDocument> {
  const call = { operation: 'getReportDocument', path: { reportDocumentId } } as const;
  return client.call(caller, call, reportDocumentSchema);
}
