import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { csvResponse, sendCsv } from '../http/csv-answer.js';
import { csvLine, UTF8_MARK } from '../http/csv-cells.js';
import { sessionOf } from '../http/session.js';
import type { AuditRow } from '../projections/audit.js';
import { nextPage, placeOf } from './page-cursor.js';
import { pageQuery } from './paging.js';

const filterQuery = z.object({
  claim: z
    .string()
    .regex(/^[\w-]{1,200}$/, 'no id of a claim')
    .optional(),
  automated: z.enum(['true', 'false']).optional(),
});
type FilterQuery = z.infer<typeof filterQuery>;

const listQuery = pageQuery.extend({
  ...filterQuery.shape,
  /** Where the page before ended, from its Link header; `offset` counts from there. */
  cursor: z.string().optional(),
});

const actSchema = z.object({
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  automated: z.boolean(),
  act: z.string(),
  claimId: z.string().nullable(),
  details: z.string(),
  modelVersion: z.string().nullable(),
  correlationId: z.string(),
});

/** Acts read at a time for a file: memory follows it, and not the length of the trail. */
const PAGE = 500;

/** What was done with claims and settings, by whom and why: as a list, and as a file of all of it. */
export function auditRoutes(app: App, gateway: Gateway): void {
  const { reads } = gateway;
  app.get(
    '/api/audit',
    {
      schema: {
        summary: 'What was done with claims and settings, newest first',
        querystring: listQuery,
        response: { 200: z.array(actSchema) },
      },
    },
    async (request, reply) => {
      const { limit, offset, cursor, ...filter } = request.query;
      const after = cursor ? placeOf(cursor) : null;
      const asked = { ...filterOf(filter), after, limit: limit + 1, offset };
      const rows = await reads.audit(sessionOf(request).tenantId, asked);
      const page = rows.slice(0, limit);
      const last = rows.length > limit ? page.at(-1) : undefined;
      if (last) void reply.header('link', nextPage(request.url, [last.at, last.id]));
      return page;
    },
  );

  app.get(
    '/api/audit.csv',
    {
      schema: {
        summary: 'The audit trail as a CSV file, newest first',
        querystring: filterQuery,
        response: csvResponse,
      },
    },
    async (request, reply) => {
      const lines = csvOf(gateway, sessionOf(request).tenantId, request.query);
      // The schema tells what a client gets; a stream of it is handed on as it is.
      return sendCsv(reply, 'audit.csv', lines) as never;
    },
  );
}

function filterOf({ claim, automated }: FilterQuery): {
  claimId: string | null;
  automated: boolean | null;
} {
  return {
    claimId: claim ?? null,
    automated: automated === undefined ? null : automated === 'true',
  };
}

const COLUMNS = ['at', 'actor', 'automated', 'act', 'claimId', 'details', 'modelVersion'] as const;

async function* csvOf(
  { reads }: Gateway,
  tenantId: string,
  query: FilterQuery,
): AsyncGenerator<string> {
  yield UTF8_MARK + csvLine(COLUMNS);
  for (let after: readonly [string, string] | null = null; ;) {
    const asked = { ...filterOf(query), after, limit: PAGE, offset: 0 };
    const rows: AuditRow[] = await reads.audit(tenantId, asked);
    if (rows.length > 0)
      yield rows.map((row) => csvLine(COLUMNS.map((name) => row[name]))).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = [last.at, last.id];
  }
}
