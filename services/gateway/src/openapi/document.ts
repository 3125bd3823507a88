import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { z } from 'zod';
import { errorSchema } from '../routes/error-schema.js';
import { describeRoute, SECTION_NAMES } from './describe-route.js';
import { refusalComponents, withRefusals, type Operation } from './refusals.js';

/** The same failure as RFC 9457 has it. */
const problemSchema = errorSchema.extend({
  type: z.string(),
  title: z.string(),
  status: z.int(),
});

const DESCRIPTION = `Finds the money Amazon owes FBA sellers: syncs a seller's data, detects claims, files them, and shows all of it live.

The session is a JWT in the cookie \`session_token\`, or a bearer token. Whose data is read comes from it alone. Every failure
has \`error\`, \`message\`, \`code\` and \`requestId\`. Times are ISO 8601 in UTC; amounts are major units with their currency.`;

/** How the description of the HTTP interface is made from its routes: OpenAPI 3.1, whose schemas are JSON Schema. */
export const documentOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Recoup', version: '1.0.0', description: DESCRIPTION },
    servers: [{ url: '/' }],
    tags: SECTION_NAMES.map((name) => ({ name })),
    security: [{ session: [] }, { bearer: [] }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session_token' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  },
  convertConstToEnum: false,
  transform: describeRoute,
  transformObject(input) {
    if (!('openapiObject' in input)) return input.swaggerObject;
    const { openapiObject: document } = input;
    for (const path of Object.values(document.paths ?? {})) {
      for (const [method, operation] of Object.entries(path as Record<string, Operation>)) {
        Object.assign(operation, { responses: withRefusals(method, operation) });
      }
    }
    const schemas = { Error: jsonSchemaOf(errorSchema), Problem: jsonSchemaOf(problemSchema) };
    Object.assign(document.components ?? {}, { schemas, responses: refusalComponents() });
    return document;
  },
};

/** The dialect is that of the document, and not said again. */
function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema);
  return rest;
}
