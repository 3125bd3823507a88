import type { DocumentState } from '@recoup/domain';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordOpening } from '../commands/record-opening.js';
import type { App, Gateway } from '../gateway.js';
import { setFileHeaders } from '../http/file-headers.js';
import { allowedOrigins } from '../http/origins.js';
import { notFound, Problem } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { currentDocument } from '../reads/current-document.js';
import { shownDocument } from '../reads/shown-document.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import {
  documentBody,
  documentSchema,
  documentSummary,
  documentSummarySchema,
} from './document-body.js';
import { storageOf } from './document-upload.js';
import { errorSchema } from './error-schema.js';
import { pageQuery } from './paging.js';

type ById = FastifyRequest<{ Params: { id: string } }>;

const file = {
  200: {
    description: 'The file',
    content: Object.fromEntries(
      ['application/pdf', 'image/jpeg', 'image/png'].map((type) => [type, { schema: z.unknown() }]),
    ),
  },
  404: errorSchema,
  409: errorSchema,
};

/** What a seller gave, as lists, by id, and the files themselves. */
export function documentRoutes(app: App, gateway: Gateway): void {
  const found = async (request: ById): Promise<DocumentState> => {
    const documentId = possibleClaimId(request.params.id);
    const { tenantId } = sessionOf(request);
    const state = await currentDocument(gateway.streams, tenantId, documentId);
    if (!state) throw notFound();
    return state;
  };

  app.get(
    '/api/documents',
    {
      schema: {
        summary: 'The documents that were given, newest first',
        querystring: pageQuery,
        response: { 200: z.array(documentSummarySchema) },
      },
    },
    async (request) => {
      const rows = await gateway.reads.documents(sessionOf(request).tenantId, request.query);
      return rows.map(documentSummary);
    },
  );

  app.get(
    '/api/documents/:id',
    {
      schema: {
        summary: 'One document, with what was read in it',
        params: claimParams,
        response: { 200: documentSchema },
      },
    },
    async (request) => documentBody(await found(request)),
  );

  const frames = ["'self'", ...allowedOrigins(gateway.settings)].join(' ');
  const fileOf = async (request: ById, how: 'view' | 'download') => {
    const session = sessionOf(request);
    const documentId = possibleClaimId(request.params.id);
    const shown = await shownDocument(gateway, session, documentId);
    if (!shown) throw notFound();
    const { tenantId, state, ofCase } = shown;
    const bytes = await bytesOf(gateway, tenantId, state);
    if (ofCase !== null) {
      const opened = { opened: { claimId: ofCase, documentId }, how };
      await recordOpening(gateway.commands, { tenantId, operatorId: session.userId, opened });
    }
    return { name: state.name, mediaType: state.mediaType, frames, bytes };
  };
  app.get(
    '/api/documents/:id/view',
    { schema: { summary: 'The file, to be shown', params: claimParams, response: file } },
    async (request, reply) => {
      const { bytes, ...served } = await fileOf(request, 'view');
      setFileHeaders(reply, { ...served, how: 'inline' });
      return reply.send(bytes);
    },
  );
  app.get(
    '/api/documents/:id/download',
    { schema: { summary: 'The file, to be saved', params: claimParams, response: file } },
    async (request, reply) => {
      const { bytes, ...served } = await fileOf(request, 'download');
      setFileHeaders(reply, { ...served, how: 'attachment' });
      return reply.send(bytes);
    },
  );
}

/** Not before it was looked into: until then nobody knows what it holds. */
async function bytesOf(gateway: Gateway, tenantId: string, state: DocumentState): Promise<Buffer> {
  if (state.refusal)
    throw new Problem({ status: 409, code: 'document_refused' }, state.refusal.message);
  if (state.status === 'uploaded') {
    const message = 'The document is still being looked into. Please try again in a moment.';
    throw new Problem({ status: 409, code: 'document_processing' }, message);
  }
  const bytes = await storageOf(gateway).get({ tenantId, ...state });
  if (!bytes) throw notFound();
  return bytes;
}
