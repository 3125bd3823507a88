import fc from 'fast-check';
import { z } from 'zod';

const schemaSchema = z.record(z.string(), z.unknown());
type Schema = z.infer<typeof schemaSchema>;

const operationSchema = z.object({
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), schema: schemaSchema.default({}) }))
    .default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: schemaSchema })) })
    .optional(),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), schemaSchema) }),
});

/** An operation of the gateway's own description, and what requests of it may look like. */
export interface DescribedRequests {
  /** `POST /api/recoveries/{id}/submit`. */
  readonly name: string;
  /** Requests of it in which any text may be one of these. */
  requests(texts: readonly string[]): fc.Arbitrary<DescribedRequest>;
}

export interface DescribedRequest {
  readonly method: string;
  readonly path: string;
  /** Null: none. */
  readonly body: unknown;
  readonly isForm: boolean;
}

/** Reads the operations of an OpenAPI document. */
export function describedRequests(document: unknown): DescribedRequests[] {
  const { paths, components } = documentSchema.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([verb, operation]): DescribedRequests => {
      const method = verb.toUpperCase();
      const content = operation.requestBody?.content ?? {};
      const json = content['application/json']?.schema;
      const isForm = 'multipart/form-data' in content;
      return {
        name: `${method} ${path}`,
        requests: (texts) =>
          fc.record({
            method: fc.constant(method),
            isForm: fc.constant(isForm),
            path: addresses(path, operation.parameters, texts),
            body: json ? valuesOf(json, { texts, all: components.schemas }) : fc.constant(null),
          }),
      };
    }),
  );
}

type Parameter = z.infer<typeof operationSchema>['parameters'][number];

function addresses(
  path: string,
  parameters: readonly Parameter[],
  texts: readonly string[],
): fc.Arbitrary<string> {
  const named = fc.constantFrom(...texts);
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const inQuery = parameters.filter((parameter) => parameter.in === 'query');
  const query = fc.record(
    Object.fromEntries(
      inQuery.map(({ name, schema }) => [name, valuesOf(schema, { texts, all: {} })]),
    ),
    { requiredKeys: [] },
  );
  return fc.tuple(fc.tuple(...inPath.map(() => named)), query).map(([ids, asked]) => {
    const filled = inPath.reduce(
      (address, { name }, n) => address.replace(`{${name}}`, encodeURIComponent(ids[n] ?? '')),
      path,
    );
    const pairs = Object.entries(asked).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const search = new URLSearchParams(pairs).toString();
    return search === '' ? filled : `${filled}?${search}`;
  });
}

interface Names {
  readonly texts: readonly string[];
  readonly all: Readonly<Record<string, Schema>>;
}

/** Values of a schema's shape: not all of them pass it, most of them do. */
function valuesOf(schema: Schema, names: Names): fc.Arbitrary<unknown> {
  const reference = /#\/components\/schemas\/(.+)$/.exec(
    z.string().catch('').parse(schema['$ref']),
  )?.[1];
  if (reference !== undefined) return valuesOf(names.all[reference] ?? {}, names);
  if ('const' in schema) return fc.constant(schema['const']);
  const choices = schema['anyOf'] ?? schema['oneOf'] ?? schema['enum'];
  if (Array.isArray(choices) && choices.length > 0) {
    const isEnum = choices === schema['enum'];
    return fc.oneof(
      ...choices.map((choice: unknown) =>
        isEnum ? fc.constant(choice) : valuesOf(schemaSchema.parse(choice), names),
      ),
    );
  }
  return ofType(schema, names);
}

function ofType(schema: Schema, names: Names): fc.Arbitrary<unknown> {
  const { texts } = names;
  switch ([schema['type']].flat()[0]) {
    case 'integer':
    case 'number':
      return fc.integer({ min: 0, max: 50 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const items = schemaSchema.parse(schema['items'] ?? {});
      return fc.array(valuesOf(items, names), { maxLength: 3 });
    }
    case 'object':
      return objectsOf(schema, names);
    default:
      return fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...texts) },
        { weight: 1, arbitrary: fc.constantFrom('2026-11-01', '3.40', 'USD', 'x') },
      );
  }
}

function objectsOf(schema: Schema, names: Names): fc.Arbitrary<unknown> {
  const properties = z.record(z.string(), schemaSchema).catch({}).parse(schema['properties']);
  const requiredKeys = z.array(z.string()).catch([]).parse(schema['required']);
  return fc.record(
    Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, valuesOf(inner, names)]),
    ),
    { requiredKeys: requiredKeys.filter((name) => name in properties) },
  );
}
