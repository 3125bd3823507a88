import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.js';
import type { Signer } from '../signer.js';
import { applyFault } from '../wire/apply-fault.js';
import { damagedBody } from '../wire/damaged-body.js';
import { ok, type Operation } from '../wire/operation.js';
import { flag, parse } from '../wire/query.js';
import { notFound } from '../wire/sp-api-error.js';
import { dirty } from './dirt.js';
import { leaking, reportFile } from './report-file.js';
import { progressOf, scopeOf, worldOf } from './report-progress.js';
import type { StoredReport } from './report-store.js';
import { isKept } from './report-retention.js';
import type { ReportType } from './report-type.js';
import { REPORT_TYPES } from './report-types.js';

const PREFIX = 'amzn1.spdoc.1.4.na.';
const URL_MS = 300_000;

const namedSchema = z.object({ sellerId: z.string(), reportId: z.string() });
const linkSchema = namedSchema.extend({ until: z.number(), encoded: z.boolean() });

/** The document of a report. It carries what it is of, so that it needs no record of its own. */
export function documentIdOf(signer: Signer, { sellerId, reportId }: StoredReport): string {
  return `${PREFIX}${signer.seal('document', { sellerId, reportId })}`;
}

export const getReportDocument: Operation = {
  name: 'getReportDocument',
  method: 'GET',
  path: '/reports/2021-06-30/documents/:reportDocumentId',
  handle: ({ deps, sellerId, world, nowMs, params, query, origin }) => {
    const id = params['reportDocumentId'] ?? '';
    const querySchema = z.strictObject({ enableContentEncodingUrlHeader: flag.default(false) });
    const { enableContentEncodingUrlHeader: encoded } = parse(querySchema, query);
    const { data } = namedSchema.safeParse(deps.signer.open('document', id.replace(PREFIX, '')));
    const report = data?.sellerId === sellerId && deps.reports.find(sellerId, data.reportId);
    const isThere = report && isKept(report, nowMs);
    if (!isThere || progressOf(report, world, nowMs).status !== 'DONE') {
      throw notFound(`Report document ${id} was not found.`);
    }
    const expired = deps.faults.ofEffect('getReportDocument', sellerId, ['expired_document']);
    const until = nowMs + (expired ? 0 : URL_MS);
    const { reportId } = report;
    const link = deps.signer.seal('link', { sellerId, reportId, until, encoded });
    return ok({
      reportDocumentId: id,
      url: `${origin}/report-documents/${link}`,
      compressionAlgorithm: 'GZIP',
    });
  },
};

/** Where documents are fetched: whoever has the address may, until it expires. No token, no user agent, no rate. */
export function documentDownloads(app: FastifyInstance, deps: Deps): void {
  app.get('/report-documents/:link', async (request, reply) => {
    const { link } = z.object({ link: z.string() }).parse(request.params);
    const { data } = linkSchema.safeParse(deps.signer.open('link', link));
    const sellerId = data?.sellerId ?? '';
    deps.calls.count('document', sellerId);
    const done = applyFault(deps, { request, reply, operation: 'document', sellerId });
    if (done) return done;
    const report = data && deps.reports.find(data.sellerId, data.reportId);
    const type = report && asSent(deps, sellerId, report.reportType);
    if (!data || !type)
      return reply.status(403).type('application/xml').send(denied('SignatureDoesNotMatch'));
    if (deps.clock.now().getTime() >= data.until) {
      return reply.status(403).type('application/xml').send(denied('Request has expired'));
    }
    const now = await deps.worlds.of(data.sellerId);
    const world = worldOf(report, now);
    if (data.encoded) void reply.header('content-encoding', 'gzip');
    const file = reportFile(type, world, scopeOf(report, world));
    return reply.type(`text/plain; charset=${type.charset}`).send(asArriving(deps, sellerId, file));
  });
}

function asArriving({ faults }: Deps, sellerId: string, file: NodeJS.ReadableStream) {
  const fault = faults.ofBody('document', sellerId);
  return fault ? damagedBody(fault, file) : file;
}

function asSent({ leaks, config }: Deps, sellerId: string, name: string): ReportType | undefined {
  const clean = REPORT_TYPES.get(name);
  if (!clean) return undefined;
  const type = dirty(clean, name, { share: config.SANDBOX_DIRT, seed: config.SANDBOX_SEED });
  return leaks.isLeaking(sellerId) ? leaking(type) : type;
}

/** Documents lie on a file store, whose errors are XML. */
function denied(message: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
}
