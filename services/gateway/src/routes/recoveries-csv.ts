import type { App, Gateway } from '../gateway.js';
import { csvResponse, sendCsv } from '../http/csv-answer.js';
import { csvLine, UTF8_MARK } from '../http/csv-cells.js';
import { sessionOf } from '../http/session.js';
import type { ClaimRow } from '../projections/claim.js';
import { typeLabel } from '../projections/labels.js';
import { currencyOf, paidSoFar } from '../reads/claim-amounts.js';
import { claimPage } from '../reads/claim-page.js';
import { claimFilterQuery, filterOf, type ClaimFilterQuery } from './claim-filter.js';
import { wordsOf } from './claim-words.js';
import { caseIdOf } from './recovery-body.js';

/** Claims read at a time: memory follows it, and not the length of the file. */
const PAGE = 200;

/** The claims of a seller as a file for spreadsheet programs, newest first and without a limit. */
export function recoveriesCsvRoute(app: App, gateway: Gateway): void {
  app.get(
    '/api/recoveries.csv',
    {
      schema: {
        summary: 'The claims as a CSV file, newest first',
        querystring: claimFilterQuery,
        response: csvResponse,
      },
    },
    async (request, reply) => {
      const { tenantId } = sessionOf(request);
      const lines = csvOf(gateway, tenantId, request.query);
      // The schema tells what a client gets; a stream of it is handed on as it is.
      return sendCsv(reply, 'recoveries.csv', lines) as never;
    },
  );
}

type Cell = string | number | boolean | null;

/** The columns, in their order. */
const COLUMNS: Readonly<Record<string, (row: ClaimRow) => Cell>> = {
  id: ({ claimId }) => claimId,
  created: ({ detectedAt }) => detectedAt,
  type: ({ claim }) => typeLabel(claim.claimType),
  subtype: ({ claim }) => claim.subtype,
  status: ({ claim }) => wordsOf(claim.status).list,
  sku: ({ claim }) => claim.subject.sku,
  asin: ({ claim }) => claim.subject.asin,
  fnsku: ({ claim }) => claim.subject.fnsku,
  product: ({ claim }) => claim.subject.productName,
  order_id: ({ claim }) => claim.subject.orderId,
  case_id: ({ claim }) => caseIdOf(claim),
  quantity: ({ claim }) => claim.assessment.quantity,
  currency: ({ claim }) => currencyOf(claim),
  // Empty where it is not known: a cell of 0 would be a sum.
  value: ({ claim }) => amountCell(claim.assessment.value.total?.amount),
  paid: ({ claim }) => amountCell(paidSoFar(claim, currencyOf(claim)).amount),
  paid_unasked: ({ claim }) => amountCell(paidSoFar(unaskedOf(claim), currencyOf(claim)).amount),
  loss_day: ({ claim }) => claim.lossDay,
  deadline: ({ claim }) => claim.deadline,
  confidence: ({ claim }) => claim.assessment.score.confidence,
};

/** What Amazon paid by itself, as if it were all that it paid. */
function unaskedOf({ unasked, reversals }: ClaimRow['claim']): Parameters<typeof paidSoFar>[0] {
  const back = reversals.filter((one) => one.unasked).map((one) => ({ ...one, unasked: false }));
  return { payments: unasked, reversals: back };
}

/** A number of major units. */
function amountCell(amount: string | undefined): number | null {
  return amount === undefined ? null : Number(amount);
}

async function* csvOf(
  gateway: Gateway,
  tenantId: string,
  query: ClaimFilterQuery,
): AsyncGenerator<string> {
  yield UTF8_MARK + csvLine(Object.keys(COLUMNS));
  for (let after: readonly [string, string] | null = null; ;) {
    const asked = { ...filterOf(query), after, limit: PAGE, offset: 0 };
    const page: Awaited<ReturnType<typeof claimPage>> = await claimPage(gateway, tenantId, asked);
    const { claims, last } = page;
    if (claims.length > 0) yield claims.map(lineOf).join('');
    if (!last) return;
    after = [last.detectedAt, last.claimId];
  }
}

function lineOf(row: ClaimRow): string {
  return csvLine(Object.values(COLUMNS).map((cell) => cell(row)));
}
