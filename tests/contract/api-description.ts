import { z } from 'zod';

const jsonSchema = z.record(z.string(), z.unknown());
const answerSchema = z.object({
  $ref: z.string().optional(),
  content: z.record(z.string(), z.object({ schema: jsonSchema })).optional(),
});
const operationSchema = z.object({
  summary: z.string().optional(),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean() }))
    .default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: jsonSchema })) })
    .optional(),
  responses: z.record(z.string(), answerSchema),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});

/** One operation of `GET /openapi.json`. */
export interface DescribedOperation {
  /** `GET /api/sync/status/:syncId`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
  readonly summary: string | undefined;
  readonly statuses: readonly number[];
  /** Query parameters that it cannot do without. */
  readonly requiredQuery: readonly string[];
  /** Whether it reads a request body. */
  readonly takesBody: boolean;
  /** The content types of an answer. */
  types(status: number): readonly string[];
  /** Checks the JSON of an answer or of a request body strictly; null where there is none of this kind. */
  check(kind: number | 'body'): z.ZodType | null;
}

/** What a gateway says of itself. */
export interface ApiDescription {
  readonly operations: readonly DescribedOperation[];
  readonly error: z.ZodType;
}

export async function readApiDescription(origin: string): Promise<ApiDescription> {
  const response = await fetch(`${origin}/openapi.json`);
  const { paths, components } = documentSchema.parse(await response.json());
  const error = z.fromJSONSchema(components.schemas['Error'] ?? {});
  const operations = Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([verb, operation]): DescribedOperation => {
      const method = verb.toUpperCase();
      const path = template.replaceAll(/\{(\w+)\}/g, ':$1');
      const { responses, requestBody, summary, security, parameters } = operation;
      return {
        ...{ name: `${method} ${path}`, method, path, summary },
        isPublic: security?.length === 0,
        statuses: Object.keys(responses).map(Number),
        requiredQuery: parameters
          .filter((parameter) => parameter.in === 'query' && parameter.required)
          .map((parameter) => parameter.name),
        takesBody: requestBody !== undefined,
        types: (status) => Object.keys(responses[status]?.content ?? {}),
        check(kind) {
          const answer = kind === 'body' ? requestBody : responses[kind];
          if (answer && '$ref' in answer) return error;
          const schema = answer?.content?.['application/json']?.schema;
          return schema ? z.fromJSONSchema(schema) : null;
        },
      };
    }),
  );
  return { operations, error };
}
