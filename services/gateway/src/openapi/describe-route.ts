import type { SwaggerTransform } from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import '../http/idempotency.js';
import { FILES_FORM } from '../http/upload-files.js';

/** The sections of the document, by the start of a path: the first that fits. */
const SECTIONS = [
  ['Live updates', /^\/(api\/sse|ws)\//],
  ['Sync', /\/sync(\/|$)/],
  ['Amazon connection', /^\/auth\/amazon|\/integrations\//],
  ['Session', /^\/(api\/)?auth\//],
  [
    'Claims',
    /^\/api\/(recoveries|claims|documents|evidence|filing-queue|detections|coverage|costs)/,
  ],
  ['Figures', /^\/api\/metrics\//],
] as const;

export const SECTION_NAMES = [...SECTIONS.map(([name]) => name), 'Service'] as const;

const creationHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,200}$/)
    .optional()
    .describe('A repeat with the same key gets what the first one was answered, for 24 hours.'),
});

/** Describes a route by the very schemas that check it. What its address and its configuration say is added. */
export const describeRoute: SwaggerTransform = (input) => {
  const { schema, url, route } = input;
  const headers = route.config?.creates === true && { headers: creationHeaders };
  const described = jsonSchemaTransform({ ...input, schema: { ...schema, ...headers } });
  const method = String(route.method).toLowerCase();
  return {
    url: described.url.replace(/(?<=.)\/$/, ''),
    schema: {
      tags: [sectionOf(url)],
      operationId: operationIdOf(method, url),
      ...(route.config?.public === true && { security: [] }),
      ...described.schema,
      ...(schema.consumes?.includes('multipart/form-data') && { body: FILES_FORM }),
    },
  };
};

function sectionOf(url: string): string {
  return SECTIONS.find(([, start]) => start.test(url))?.[0] ?? 'Service';
}

/** A name that generated clients can use: `GET /api/sync/status/:syncId` is `getApiSyncStatusSyncId`. */
function operationIdOf(method: string, url: string): string {
  const words = url.match(/[A-Za-z0-9]+/g) ?? ['root'];
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
