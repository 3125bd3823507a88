import { z } from 'zod';
import { pages } from './pages.js';
import type { Caller } from './rate-limiter.js';
import type { SpApiClient } from './sp-api-client.js';

/** The report types that are asked for. */
const REPORT_TYPES = [
  'GET_LEDGER_DETAIL_VIEW_DATA',
  'GET_FBA_STORAGE_FEE_CHARGES_DATA',
  'GET_FBA_FULFILLMENT_LONGTERM_STORAGE_FEE_CHARGES_DATA',
  'GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA',
  'GET_LEDGER_SUMMARY_VIEW_DATA',
  'GET_FBA_REIMBURSEMENTS_DATA',
  'GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA',
  'GET_FBA_FULFILLMENT_CUSTOMER_SHIPMENT_REPLACEMENT_DATA',
  'GET_FBA_FULFILLMENT_REMOVAL_ORDER_DETAIL_DATA',
  'GET_FBA_FULFILLMENT_REMOVAL_SHIPMENT_DETAIL_DATA',
  'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL',
  'GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL',
] as const;
export type ReportType = (typeof REPORT_TYPES)[number];

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
  createdTime: z.string().nullish(),
  processingStartTime: z.string().nullish(),
  processingEndTime: z.string().nullish(),
});
export type ReportState = z.infer<typeof reportSchema>;

/** Amazon's greatest page of reports. */
const MOST_LISTED = 100;
/** The most types that Amazon lists in one call. */
const MOST_TYPES = 10;

/** A report as a list names it. Amazon's model requires neither marketplaces nor times. */
const listedReportSchema = z.object({
  reportId: z.string().min(1),
  reportType: z.string(),
  marketplaceIds: z.array(z.string()).nullish(),
  dataStartTime: z.string().nullish(),
  dataEndTime: z.string().nullish(),
});
export type ListedReport = z.infer<typeof listedReportSchema>;
export const listedReportsSchema = z.object({
  reports: z.array(listedReportSchema),
  nextToken: z.string().nullish(),
});

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

/** The types that one call lists together with a type, itself among them: as many as Amazon takes. */
export function listedBeside(reportType: ReportType): readonly ReportType[] {
  const from = Math.floor(REPORT_TYPES.indexOf(reportType) / MOST_TYPES) * MOST_TYPES;
  return REPORT_TYPES.slice(from, from + MOST_TYPES);
}

/** The reports of some types that were asked for since an instant and are made or being made, newest first. */
export async function listReports(
  client: SpApiClient,
  caller: Caller,
  { reportTypes, since }: { readonly reportTypes: readonly ReportType[]; readonly since: Date },
): Promise<readonly ListedReport[]> {
  const query = {
    reportTypes,
    processingStatuses: ['DONE', 'IN_PROGRESS', 'IN_QUEUE'],
    createdSince: since.toISOString(),
    pageSize: MOST_LISTED,
  };
  const found: ListedReport[] = [];
  const walk = pages(async (token) => {
    // Amazon takes a token alone: with any other parameter the call fails.
    const call = { operation: 'getReports', query: token ? { nextToken: token } : query } as const;
    const { reports, nextToken } = await client.call(caller, call, listedReportsSchema);
    return { rows: reports, nextToken: nextToken ?? null };
  });
  for await (const reports of walk) found.push(...reports);
  return found;
}

/**
 * Whether a listed report was asked for in the very same words. Options are not told of it: each type is asked for with the
 * same ones always.
 */
export function isSameReport(listed: ListedReport, asked: ReportRequest): boolean {
  const sorted = (ids: readonly string[]): string => [...ids].sort().join();
  return (
    listed.reportType === asked.reportType &&
    isSameSecond(listed.dataStartTime, asked.from) &&
    isSameSecond(listed.dataEndTime, asked.to) &&
    sorted(listed.marketplaceIds ?? []) === sorted(asked.marketplaceIds)
  );
}

/** To the second, for Amazon may leave out the rest. */
function isSameSecond(told: string | null | undefined, asked: Date): boolean {
  const second = (ms: number): number => Math.floor(ms / 1000);
  return second(Date.parse(told ?? '')) === second(asked.getTime());
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
