import { z } from 'zod';
import type { App, Gateway } from '../gateway.js';
import { sessionOf } from '../http/session.js';
import { claimPage } from '../reads/claim-page.js';
import { claimSurroundings } from '../reads/claim-surroundings.js';
import { claimFilterQuery, filterOf } from './claim-filter.js';
import { nextPage, placeOf } from './page-cursor.js';
import { pageQuery } from './paging.js';
import { recoveryBody, recoverySchema } from './recovery-body.js';

const listQuery = pageQuery.extend({
  /** Where the page before ended, from its Link header; `offset` counts from there. */
  cursor: z.string().optional(),
  ...claimFilterQuery.shape,
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
      const { limit, offset, cursor } = request.query;
      const { tenantId } = sessionOf(request);
      const { claims, last } = await claimPage(gateway, tenantId, {
        ...filterOf(request.query),
        after: cursor ? placeOf(cursor) : null,
        limit,
        offset,
      });
      if (last) void reply.header('link', nextPage(request.url, [last.detectedAt, last.claimId]));
      const states = claims.map(({ claim }) => claim);
      const around = await claimSurroundings(gateway, tenantId, states);
      return claims.map((row) => recoveryBody(row, around));
    },
  );
}
