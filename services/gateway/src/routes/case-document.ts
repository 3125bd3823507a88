import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordOpening } from '../commands/record-opening.js';
import type { App, Gateway } from '../gateway.js';
import { allowedOrigins } from '../http/origins.js';
import { notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { caseDocument, DOCUMENT_STYLE_SOURCE } from '../page/case-document.js';
import { casePdf } from '../page/case-pdf.js';
import { claimPacket } from '../reads/claim-packet.js';
import { currentClaim } from '../reads/current-claim.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import { tenantOfClaim } from './tenant-of-claim.js';

/** A format that is none of these asks for nothing. */
const query = z.object({ format: z.enum(['html', 'pdf']).optional().catch(undefined) });

/** The case packet of a claim: a page by default, a PDF by `?format=pdf` or for whoever accepts that before a page. */
export function caseDocumentRoute(app: App, gateway: Gateway): void {
  const policy = contentSecurityPolicy(gateway.settings);
  app.get(
    '/api/recoveries/:id/document',
    {
      schema: {
        summary: 'The case packet of one claim, as a page to read and print or as a PDF',
        params: claimParams,
        querystring: query,
        response: {
          200: {
            description: 'The packet',
            content: {
              'text/html': { schema: z.string() },
              'application/pdf': { schema: z.string() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const claimId = possibleClaimId(request.params.id);
      const tenantId = await tenantOfClaim(gateway, session, claimId);
      const row = await currentClaim(gateway, tenantId, claimId);
      if (!row) throw notFound();
      if (tenantId !== session.tenantId) {
        const opened = { opened: { claimId, documentId: null }, how: 'view' as const };
        await recordOpening(gateway.commands, { tenantId, operatorId: session.userId, opened });
      }
      const packet = await claimPacket(gateway, tenantId, row.claim);
      const name = (type: string): string => `inline; filename="${row.claimId}.${type}"`;
      // The policy says who may frame it; the older header knows no list and would forbid all.
      reply.removeHeader('x-frame-options').header('content-security-policy', policy);
      if (wantsPdf(request, request.query.format)) {
        const file = await casePdf(packet);
        // Bytes go out as they are: the schema, which knows no bytes, is for readers of the description.
        const sent = file as unknown as string;
        return reply.type('application/pdf').header('content-disposition', name('pdf')).send(sent);
      }
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', name('html'))
        .send(caseDocument(packet));
    },
  );
}

function wantsPdf({ headers }: Pick<FastifyRequest, 'headers'>, format?: 'html' | 'pdf'): boolean {
  if (format !== undefined) return format === 'pdf';
  const accepted = headers.accept ?? '';
  return accepted.includes('application/pdf') && !accepted.includes('text/html');
}

/** Nothing but its own style: no script, no form, nothing loaded. The frontend may show it in a frame. */
function contentSecurityPolicy(settings: Gateway['settings']): string {
  const frames = ["'self'", ...allowedOrigins(settings)].join(' ');
  return (
    `default-src 'none'; style-src ${DOCUMENT_STYLE_SOURCE}; base-uri 'none'; form-action 'none'; ` +
    `frame-ancestors ${frames}`
  );
}
