import { z } from 'zod';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { checkMarketplaces, instant, parse } from '../wire/query.js';
import { invalidInput, notFound } from '../wire/sp-api-error.js';
import { documentIdOf } from './report-document.js';
import { progressOf, type ReportProgress } from './report-progress.js';
import type { StoredReport } from './report-store.js';
import { REPORT_TYPES } from './report-types.js';

const BASE = '/reports/2021-06-30/reports';

const bodySchema = z.strictObject({
  reportType: z.string(),
  marketplaceIds: z.array(z.string()).min(1).max(25),
  dataStartTime: instant.optional(),
  dataEndTime: instant.optional(),
  reportOptions: z.record(z.string(), z.string()).optional(),
});

export const createReport: Operation = {
  name: 'createReport',
  method: 'POST',
  path: BASE,
  handle: async ({ deps, sellerId, world, nowMs, body }) => {
    const asked = parse(bodySchema, body);
    if (!REPORT_TYPES.has(asked.reportType)) {
      throw invalidInput(`Invalid report type: ${asked.reportType}`, 'reportType');
    }
    checkMarketplaces(asked.marketplaceIds, world.seller);
    const { dataStartTime: startMs = nowMs, dataEndTime: endMs = nowMs } = asked;
    if (startMs > nowMs) throw invalidInput('dataStartTime lies in the future.', 'dataStartTime');
    if (endMs < startMs)
      throw invalidInput('dataEndTime lies before dataStartTime.', 'dataEndTime');
    const { reportType, marketplaceIds } = asked;
    const fate = deps.faults.ofEffect('createReport', sellerId, ['fatal', 'cancelled']) ?? null;
    const report = { sellerId, reportType, marketplaceIds, startMs, endMs, createdMs: nowMs, fate };
    return { status: 202, body: { reportId: await deps.reports.add(report) } };
  },
};

export const getReport: Operation = {
  name: 'getReport',
  method: 'GET',
  path: `${BASE}/:reportId`,
  handle: (call) => ok(reportView(call, reportOf(call))),
};

export const cancelReport: Operation = {
  name: 'cancelReport',
  method: 'DELETE',
  path: `${BASE}/:reportId`,
  handle: async (call): Promise<Answer> => {
    const report = reportOf(call);
    const { status } = progressIn(call, report);
    if (status !== 'IN_QUEUE') {
      throw invalidInput(`Only a report in the queue can be cancelled; this one is ${status}.`);
    }
    await call.deps.reports.cancel(report, call.nowMs);
    return { status: 200, body: undefined };
  },
};

function reportOf({ deps, sellerId, params }: Call): StoredReport {
  const reportId = params['reportId'] ?? '';
  const report = deps.reports.find(sellerId, reportId);
  if (!report) throw notFound(`Report ${reportId} was not found.`);
  return report;
}

function progressIn({ deps, world, nowMs }: Call, report: StoredReport) {
  return progressOf(report, world, { nowMs, scale: deps.config.SPAPI_RATE_SCALE });
}

/** Amazon's `Report`. */
export interface ReportView {
  readonly reportId: string;
  readonly reportType: string;
  readonly dataStartTime: string;
  readonly dataEndTime: string;
  readonly marketplaceIds: readonly string[];
  readonly createdTime: string;
  readonly processingStatus: ReportProgress['status'];
  readonly processingStartTime?: string;
  readonly processingEndTime?: string;
  readonly reportDocumentId?: string;
}

/** A report as getReport and getReports tell it. */
export function reportView(call: Call, report: StoredReport): ReportView {
  const { status, startedMs, endedMs } = progressIn(call, report);
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    reportId: report.reportId,
    reportType: report.reportType,
    dataStartTime: iso(report.startMs),
    dataEndTime: iso(report.endMs),
    marketplaceIds: report.marketplaceIds,
    createdTime: iso(report.createdMs),
    processingStatus: status,
    ...(startedMs === null ? {} : { processingStartTime: iso(startedMs) }),
    ...(endedMs === null ? {} : { processingEndTime: iso(endedMs) }),
    ...(status === 'DONE' ? { reportDocumentId: documentIdOf(call.deps.signer, report) } : {}),
  };
}
