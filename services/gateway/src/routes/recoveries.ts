import { claimTypeSchema, tierSchema } from '@recoup/contracts';
import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import type { ClaimRow } from '../projections/claim.js';
import { claimPage } from '../reads/claim-page.js';
import { LIST_WORDS, LISTED, statusesListedAs } from './claim-words.js';
import { pageQuery } from './paging.js';
import { recoveryBody, recoverySchema } from './recovery-body.js';

/** The last row of a page, as `read.claims` takes it. The database would answer other texts with an error of its own. */
const cursorSchema = z.tuple([z.iso.datetime(), z.string().regex(/^[\w-]{1,200}$/)]);

/** A filter that is there and empty asks for nothing. */
const nothing = z.literal('');

const listQuery = pageQuery.extend({
  /** Where the page before ended, from its Link header; `offset` counts from there. */
  cursor: z.string().optional(),
  status: z.enum(LIST_WORDS).or(nothing).optional(),
  tier: tierSchema.or(nothing).optional(),
  type: claimTypeSchema.or(nothing).optional(),
});

/** The claims of a seller, newest first: a bare array, with the next page named in the Link header. */
export function recoveryRoutes(app: App, gateway: Gateway): void {
  app.get(
    '/api/recoveries',
    {
      schema: {
        summary: 'The claims, newest first',
        querystring: listQuery,
        response: { 200: z.array(recoverySchema) },
      },
    },
    async (request, reply) => {
      const { limit, offset, cursor, status, tier, type } = request.query;
      const { claims, last } = await claimPage(gateway, sessionOf(request).tenantId, {
        statuses: status ? statusesListedAs(status) : LISTED,
        tier: tier || null,
        claimType: type || null,
        after: cursor ? decodeCursor(cursor) : null,
        limit,
        offset,
      });
      if (last) void reply.header('link', nextPage(request.url, last));
      const now = gateway.commands.clock.now();
      return claims.map((row) => recoveryBody(row, now));
    },
  );
}

/** The next page begins where this one ended, however this one was asked for: it costs what the first one costs. */
function nextPage(requested: string, last: ClaimRow): string {
  const url = new URL(requested, 'http://localhost');
  url.searchParams.set('cursor', encodeCursor(last));
  url.searchParams.delete('offset');
  return `<${url.pathname}${url.search}>; rel="next"`;
}

function encodeCursor({ detectedAt, claimId }: ClaimRow): string {
  return Buffer.from(JSON.stringify([detectedAt, claimId])).toString('base64url');
}

function decodeCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem({ status: 400, code: 'invalid_request' }, 'cursor: not one of ours');
  }
}
