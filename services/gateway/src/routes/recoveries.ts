import { claimTypeSchema, tierSchema } from '@recoup/contracts';
import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { claimPage } from '../reads/claim-page.js';
import { LIST_WORDS, LISTED, statusesListedAs } from './claim-words.js';
import { nextPage, placeOf } from './page-cursor.js';
import { pageQuery } from './paging.js';
import { recoveryBody, recoverySchema } from './recovery-body.js';

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
        after: cursor ? placeOf(cursor) : null,
        limit,
        offset,
      });
      if (last) void reply.header('link', nextPage(request.url, [last.detectedAt, last.claimId]));
      const now = gateway.commands.clock.now();
      return claims.map((row) => recoveryBody(row, now));
    },
  );
}
