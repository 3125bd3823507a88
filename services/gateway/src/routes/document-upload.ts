import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { inspectFile, shownName, type Inspected } from '@recoup/storage';
import { z } from 'zod';
import { storeDocument, type UploadDocument } from '../commands/upload-document.js';
import type { DocumentFiles } from '../document-files.js';
import type { App, Gateway } from '../gateway.js';
import { Problem, notFound } from '../http/problems.js';
import { sessionOf } from '../http/session.js';
import { installUploads, UPLOAD_BODY, type SentFile } from '../http/upload-files.js';
import { currentClaim } from '../reads/current-claim.js';
import { claimParams, possibleClaimId } from './claim-id.js';
import { documentSummary, documentSummarySchema } from './document-body.js';
import { errorSchema } from './error-schema.js';

const keptSchema = z.object({
  documents: z.array(documentSummarySchema.pick({ id: true, name: true, status: true })),
});

const upload = {
  config: { creates: true },
  bodyLimit: UPLOAD_BODY,
} as const;
const response = {
  200: keptSchema,
  413: errorSchema,
  415: errorSchema,
  422: errorSchema,
  501: errorSchema,
};
const consumes = ['multipart/form-data'];

type UploadRoute = readonly [request: FastifyRequest, forClaim: string | null];

/** Takes the files of sellers. In a scope of its own: no other route reads multipart bodies. */
export async function documentUploadRoutes(app: App, gateway: Gateway): Promise<void> {
  const keep = async (...[request, forClaim]: UploadRoute): Promise<z.infer<typeof keptSchema>> => {
    const files = storageOf(gateway);
    const sent = await inspected(request.sentFiles ?? []);
    const { tenantId, userId } = sessionOf(request);
    const documents = [];
    for (const file of sent) {
      const given = { tenantId, userId, file, forClaim };
      const { id, name, status } = documentSummary(
        await storeDocument(gateway.commands, files, given),
      );
      documents.push({ id, name, status });
    }
    return { documents };
  };

  await app.register(async (plain) => {
    await installUploads(plain);
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    scope.post(
      '/api/documents/upload',
      { ...upload, schema: { summary: 'Give documents', consumes, response } },
      (request) => keep(request, null),
    );
    scope.post(
      '/api/recoveries/:id/documents/upload',
      {
        ...upload,
        preParsing: (request: FastifyRequest, _reply: FastifyReply, payload) =>
          knownClaimFirst(gateway, request).then(() => payload),
        schema: {
          summary: 'Give documents for a claim',
          params: claimParams,
          consumes,
          response: { ...response, 404: errorSchema },
        },
      },
      (request) => keep(request, possibleClaimId(request.params.id)),
    );
  });
}

/** Before a byte of the files is read: whoever names a claim that is not theirs sends nothing into memory. */
async function knownClaimFirst(gateway: Gateway, request: FastifyRequest): Promise<void> {
  const { id } = request.params as { id: string };
  const row = await currentClaim(gateway, sessionOf(request).tenantId, possibleClaimId(id));
  if (!row) throw notFound();
}

/** The storage of documents. Throws the 501 where none is set up. */
export function storageOf({ documents }: Pick<Gateway, 'documents'>): DocumentFiles {
  if (documents) return documents;
  const message = 'Documents are not taken here: no storage is set up for them.';
  throw new Problem({ status: 501, code: 'not_offered' }, message);
}

/** All files, looked into; with one that cannot be taken none is kept, and the answer names each. */
async function inspected(sent: readonly SentFile[]): Promise<UploadDocument['file'][]> {
  const looked: { name: string; result: Inspected }[] = [];
  for (const { name, bytes } of sent) looked.push({ name, result: await inspectFile(bytes) });
  const refused = looked.flatMap(({ name, result }) =>
    result.ok ? [] : [{ name: shownName(name, 'application/pdf'), ...result }],
  );
  const [first] = refused;
  if (first) {
    const status = refused.every(({ code }) => code === 'unsupported') ? 415 : 422;
    const code = status === 415 ? 'unsupported_type' : 'unsafe_file';
    const files = refused.map(({ name, message }) => ({ name, message }));
    const message = `${first.message}${sent.length > 1 ? ' None of the files was kept.' : ''}`;
    throw new Problem({ status, code, extra: { files } }, message);
  }
  return looked.flatMap(({ name, result }) => {
    if (!result.ok) return [];
    const { mediaType, bytes } = result;
    return [{ name: shownName(name, mediaType), mediaType, bytes }];
  });
}
