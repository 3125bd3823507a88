import { z } from 'zod';
import { ok, type Call, type Operation } from '../wire/operation.js';
import { instant, list, parse, wholeNumber } from '../wire/query.js';
import { reportView } from './reports.js';
import { isKept } from './report-retention.js';

const STATUSES = ['CANCELLED', 'DONE', 'FATAL', 'IN_PROGRESS', 'IN_QUEUE'] as const;

const firstSchema = z.strictObject({
  reportTypes: list(z.string(), 10),
  processingStatuses: list(z.enum(STATUSES), STATUSES.length).optional(),
  marketplaceIds: list(z.string(), 10).optional(),
  pageSize: wholeNumber(1, 100).default(10),
  createdSince: instant.optional(),
  createdUntil: instant.optional(),
});
/** A token stands alone: with any other parameter the request fails. */
const nextSchema = z.strictObject({ nextToken: z.string() });
const cursorSchema = z.object({ at: z.int(), asked: z.record(z.string(), z.unknown()) });

export const getReports: Operation = {
  name: 'getReports',
  method: 'GET',
  path: '/reports/2021-06-30/reports',
  handle: (call) => {
    const { deps, operation, sellerId, nowMs, query } = call;
    const about = { operation, sellerId, query: {}, nowMs };
    const { at, asked: raw } =
      'nextToken' in query
        ? deps.pages.read(parse(nextSchema, query).nextToken, about, cursorSchema)
        : { at: 0, asked: query };
    const asked = parse(firstSchema, raw);
    const views = matching(call, asked);
    const end = at + asked.pageSize;
    return ok({
      reports: views.slice(at, end),
      ...(end < views.length
        ? { nextToken: deps.pages.issue(about, { at: end, asked: raw }) }
        : {}),
    });
  },
};

function matching(call: Call, asked: z.infer<typeof firstSchema>) {
  const { deps, sellerId, nowMs } = call;
  const since = asked.createdSince ?? 0;
  const until = asked.createdUntil ?? nowMs;
  return deps.reports
    .of(sellerId)
    .filter(({ reportType }) => asked.reportTypes.includes(reportType))
    .filter(({ createdMs }) => createdMs >= since && createdMs <= until)
    .filter((report) => isKept(report, nowMs))
    .filter((one) => asked.marketplaceIds?.some((id) => one.marketplaceIds.includes(id)) ?? true)
    .map((report) => reportView(call, report))
    .filter((view) => asked.processingStatuses?.includes(view.processingStatus) ?? true);
}
