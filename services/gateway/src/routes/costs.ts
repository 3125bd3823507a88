import type { StandingCost } from '@recoup/domain';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { costsOf, giveCosts } from '../commands/give-costs.js';
import type { App, Gateway } from '../gateway.js';
import { csvRows } from '../http/csv.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { costRows, type BadRow } from './cost-rows.js';
import { errorSchema } from './error-schema.js';

/** Some 10,000 rows fit; more are sent in parts, since rows that are not named stay as they are. */
const BODY_LIMIT = 1024 * 1024;
const MOST_ROWS = 10_000;
/** Bad rows that one answer names. */
const MOST_NAMED = 100;

const costSchema = z.object({
  sku: z.string(),
  /** Of one unit, in major units, without shipping, duties and packaging. */
  unit_cost: z.number(),
  currency: z.string(),
  /** From this day on, until the next one of the same SKU and currency. */
  effective_from: z.string(),
});

const keptSchema = z.object({
  /** Rows that were new, changed or removed. */
  changed: z.int(),
  /** Rows that stand now. */
  count: z.int(),
});

/** What the seller's products cost: it says what a loss before a sale is worth. */
export function costRoutes(app: App, { commands, streams }: Gateway): void {
  app.get(
    '/api/costs',
    { schema: { summary: 'What the products cost', response: { 200: z.array(costSchema) } } },
    async (request) =>
      (await costsOf({ store: streams }, sessionOf(request).tenantId)).map(costBody),
  );

  // In a scope of its own: no other route reads CSV.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, read) => {
      try {
        read(null, csvRows(body.toString()));
      } catch {
        read(new Problem({ status: 400, code: 'invalid_csv' }, 'The CSV cannot be read.'));
      }
    });
    scope.withTypeProvider<ZodTypeProvider>().put(
      '/api/costs',
      {
        bodyLimit: BODY_LIMIT,
        schema: {
          summary: 'Say what products cost, as JSON or as CSV with a header',
          body: z.array(z.unknown()).max(MOST_ROWS),
          response: { 200: keptSchema, 422: errorSchema },
        },
      },
      async (request) => {
        const { tenantId, userId } = sessionOf(request);
        const { costs, bad } = costRows(request.body);
        if (bad.length > 0) throw badRows(bad);
        const { changed, costs: standing } = await giveCosts(commands, { tenantId, userId, costs });
        return { changed, count: standing.length };
      },
    );
    done();
  });
}

function costBody({ sku, unitCost, currency, effectiveFrom }: StandingCost) {
  return { sku, unit_cost: Number(unitCost), currency, effective_from: effectiveFrom };
}

/** Nothing is kept of a list with a bad row: who sends it again sends all of it. */
function badRows(bad: readonly BadRow[]): Problem {
  const rows = bad.slice(0, MOST_NAMED).map(({ row, message }) => `row ${row}: ${message}`);
  const named = rows.slice(0, 5);
  const more = bad.length > named.length ? `, and ${bad.length - named.length} more` : '';
  return new Problem(
    { status: 422, code: 'bad_rows', extra: { rows } },
    `Nothing was kept: ${named.join('; ')}${more}.`,
  );
}
