import { z } from 'zod';
import type { Deps } from '../deps.js';
import { ok, type Answer, type Call, type Operation } from '../wire/operation.js';
import { FATES } from '../wire/fault.js';
import { checkMarketplaces, instant, parse } from '../wire/query.js';
import { invalidInput, notFound } from '../wire/sp-api-error.js';
import type { World } from '../world/world.js';
import { documentIdOf } from './report-document.js';
import { tooEarly } from './report-cooldown.js';
import { generationMs, progressOf, scopeOf, type ReportProgress } from './report-progress.js';
import type { StoredReport } from './report-store.js';
import { isKept } from './report-retention.js';
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
    const { reportOptions: options = {} } = asked;
    checkOptions(reportType, options);
    const window = { startMs, endMs, createdMs: nowMs };
    const report = { sellerId, reportType, marketplaceIds, options, ...window };
    const fate = fateOf(deps, report);
    const makingMs = makingOf(deps, world, report);
    const reportId = await deps.reports.add({ ...report, fate, makingMs });
    return { status: 202, body: { reportId } };
  },
};

const SUMMARY_OPTIONS = z.strictObject({
  aggregateByLocation: z.enum(['COUNTRY', 'FC']).optional(),
  // Amazon has WEEKLY too, of which it does not say on which day a week begins.
  aggregatedByTimePeriod: z.enum(['MONTHLY', 'DAILY']).optional(),
});

function checkOptions(reportType: string, options: Readonly<Record<string, string>>): void {
  if (reportType === 'GET_LEDGER_SUMMARY_VIEW_DATA') parse(SUMMARY_OPTIONS, options);
}

type Asked = Omit<StoredReport, 'reportId' | 'fate' | 'makingMs' | 'cancelledMs'>;

/** How a report ends whatever its data: as a test has ordered, or because it was asked for again too early. */
function fateOf({ faults, config, reports }: Deps, report: Asked): StoredReport['fate'] {
  const { sellerId, reportType, createdMs: nowMs } = report;
  const ordered = faults.ofEffect('createReport', sellerId, FATES, reportType);
  if (ordered || config.SANDBOX_REPORT_COOLDOWN === 'off') return ordered ?? null;
  const scale = config.SPAPI_RATE_SCALE;
  return tooEarly(report, { earlier: reports.of(sellerId), nowMs, scale });
}

function makingOf({ config }: Deps, world: World, report: Asked): number {
  const perSecond = config.SANDBOX_REPORT_ROWS_PER_SECOND;
  // Counted only where it matters: a million rows take a while.
  const count = perSecond === 0 ? 0 : rowsOf(world, report);
  return generationMs(config.SPAPI_RATE_SCALE, { count, perSecond });
}

function rowsOf(world: World, report: Asked): number {
  const rows = REPORT_TYPES.get(report.reportType)?.rows(world, scopeOf(report, world)) ?? [];
  const iterator = rows[Symbol.iterator]();
  let count = 0;
  while (!iterator.next().done) count += 1;
  return count;
}

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

function reportOf({ deps, sellerId, nowMs, params }: Call): StoredReport {
  const reportId = params['reportId'] ?? '';
  const report = deps.reports.find(sellerId, reportId);
  if (!report || !isKept(report, nowMs)) throw notFound(`Report ${reportId} was not found.`);
  return report;
}

function progressIn({ world, nowMs }: Call, report: StoredReport) {
  return progressOf(report, world, nowMs);
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
